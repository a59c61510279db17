namespace Pipe.Mime;

/// <summary>Hears of changes in the header it owns.</summary>
internal interface IHeaderObserver
{
    void OnHeaderChanged(HeaderId id);
}
