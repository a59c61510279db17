namespace Pipe.Deliveries;

/// <summary>Takes results out of asynchronous members. Nothing in a delivery waits without blocking, so they are there.</summary>
internal static class PendingResult
{
    /// <summary>The result, waited for in the rare case that it is not there yet.</summary>
    public static T Complete<T>(this ValueTask<T> pending) =>
        pending.IsCompleted ? pending.Result : pending.AsTask().GetAwaiter().GetResult();
}
