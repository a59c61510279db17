namespace Pipe.Mime;

/// <summary>Walks through a MIME tree without recursion: how deep it is, is for the sender to say.</summary>
internal static class EntityTree
{
    public static IEnumerable<MimeEntity> Leaves(MimeEntity? root)
    {
        if (root is null)
            yield break;
        if (root is not Multipart multipart)
        {
            yield return root;
            yield break;
        }

        var stack = new Stack<(Multipart Parent, int Next)>();
        stack.Push((multipart, 0));
        while (stack.TryPop(out var frame))
        {
            if (frame.Next >= frame.Parent.Count)
                continue;
            stack.Push((frame.Parent, frame.Next + 1));
            var child = frame.Parent[frame.Next];
            if (child is Multipart inner)
                stack.Push((inner, 0));
            else
                yield return child;
        }
    }
}
