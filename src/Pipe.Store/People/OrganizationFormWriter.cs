using Pipe.Store.Intake;

namespace Pipe.Store.People;

/// <summary>Gives an organisation its empty form, as osTicket does the first time it looks for the answers.</summary>
internal sealed class OrganizationFormWriter(IntakeContext context)
{
    public void EnsureForm(Organization organization)
    {
        var form = context.Catalog.OrganizationForm;
        if (organization.HasForm || form.FormId == 0)
            return;
        var answers = FormAnswers.Empty(form);
        answers.Write(context, form.FormId, 'O', organization.Id);
        answers.WriteColumns(context, "$organization__cdata", "org_id", organization.Id);
    }
}
