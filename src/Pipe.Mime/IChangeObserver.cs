namespace Pipe.Mime;

/// <summary>Hears of changes in what it owns. An event would cost a delegate for each of the many small objects of a message.</summary>
internal interface IChangeObserver
{
    void OnChanged(object source);
}
