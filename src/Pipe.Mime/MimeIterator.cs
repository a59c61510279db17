using System.Collections;
using System.Globalization;
using System.Text;

namespace Pipe.Mime;

/// <summary>Walks through all entities of a message, depth first, those of embedded messages included.</summary>
public class MimeIterator : IEnumerator<MimeEntity>
{
    private readonly MimeMessage _message;
    private readonly Stack<(MimeEntity Parent, int Next)> _stack = new();
    private MimeEntity? _current;
    private bool _moved;

    /// <summary>Creates an iterator, which stands before the first entity.</summary>
    public MimeIterator(MimeMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        _message = message;
    }

    /// <summary>The entity around the current one, or <c>null</c>.</summary>
    public MimeEntity? Parent => _stack.TryPeek(out var frame) ? frame.Parent : null;

    /// <summary>The current entity.</summary>
    /// <exception cref="InvalidOperationException">The iterator stands before the first or behind the last entity.</exception>
    public MimeEntity Current => _current ?? throw new InvalidOperationException("There is no current entity.");

    object IEnumerator.Current => Current;

    /// <summary>How many entities are around the current one.</summary>
    public int Depth => _stack.Count;

    /// <summary>The place of the current entity, such as <c>1.2</c>.</summary>
    public string PathSpecifier
    {
        get
        {
            var path = new StringBuilder();
            foreach (var (parent, next) in _stack.Reverse())
            {
                if (path.Length > 0)
                    _ = path.Append('.');
                _ = path.Append((parent is MessagePart ? 0 : next).ToString(CultureInfo.InvariantCulture));
            }

            return path.Length > 0 ? path.ToString() : "0";
        }
    }

    /// <inheritdoc/>
    public bool MoveNext()
    {
        if (!_moved)
        {
            _moved = true;
            _current = _message.Body;
            return _current is not null;
        }

        if (_current is not null && (_current is Multipart { Count: > 0 } || _current is MessagePart { Message.Body: not null }))
            _stack.Push((_current, 0));
        while (_stack.TryPop(out var frame))
        {
            if (ChildOf(frame.Parent, frame.Next) is { } child)
            {
                _stack.Push((frame.Parent, frame.Next + 1));
                _current = child;
                return true;
            }
        }

        _current = null;
        return false;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _moved = false;
        _current = null;
        _stack.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases nothing.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static MimeEntity? ChildOf(MimeEntity parent, int index) => parent switch
    {
        Multipart multipart => index < multipart.Count ? multipart[index] : null,
        MessagePart message => index == 0 ? message.Message?.Body : null,
        _ => null,
    };
}
