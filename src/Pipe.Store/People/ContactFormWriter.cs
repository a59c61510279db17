using Pipe.Store.Intake;

namespace Pipe.Store.People;

/// <summary>Writes a user's empty contact form.</summary>
internal sealed class ContactFormWriter(IntakeContext context)
{
    private const string Mirror = "$user__cdata";
    private const string IdColumn = "user_id";

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
            answers.WriteColumns(context, Mirror, IdColumn, userId);
    }

    /// <summary>Writes the forms of new users with few statements.</summary>
    public void WriteAll(IReadOnlyList<KnownUser> users)
    {
        var form = context.Catalog.ContactForm;
        if (form.FormId == 0)
            return;

        long[] ids = [.. users.Select(user => user.Id)];
        var answers = FormAnswers.Empty(form);
        answers.WriteAll(context, form.FormId, 'U', ids);
        answers.WriteColumns(context, Mirror, IdColumn, ids);
    }
}
