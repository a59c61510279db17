using Pipe.Store.Intake;

namespace Pipe.Store.People;

/// <summary>Writes a user's empty contact form.</summary>
internal sealed class ContactFormWriter(IntakeContext context)
{
    /// <summary>Writes the form of a user who has none yet.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="isNew">Whether the user is new, and so missing from the table that mirrors the forms.</param>
    public void Write(long userId, bool isNew)
    {
        var form = context.Catalog.ContactForm;
        if (form.FormId == 0)
            return;

        var answers = FormAnswers.Empty(form);
        answers.Write(context, form.FormId, 'U', userId);
        if (isNew)
            answers.WriteColumns(context, "$user__cdata", "user_id", userId);
    }
}
