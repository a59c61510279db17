namespace Pipe.Mime;

/// <summary>The address lists of a message, read when they are first asked for.</summary>
internal sealed class AddressFields(HeaderList headers, Action<HeaderId, InternetAddressList> changed)
{
    private Dictionary<HeaderId, InternetAddressList>? _lists;

    public InternetAddressList Get(HeaderId id)
    {
        _lists ??= [];
        if (_lists.TryGetValue(id, out var list))
            return list;

        list = new InternetAddressList();
        for (int i = 0; i < headers.Count; i++)
        {
            if (headers.IdAt(i) == id)
                list.AddSilently(AddressReader.Read(headers.Options, headers.RawValueAt(i)));
        }

        list.Changed += (_, _) => changed(id, list);
        _lists.Add(id, list);
        return list;
    }

    public void Set(HeaderId id, MailboxAddress? value)
    {
        var list = Get(id);
        list.Clear();
        if (value is not null)
            list.Add(value);
    }

    public void Forget(HeaderId id) => _lists?.Remove(id);
}
