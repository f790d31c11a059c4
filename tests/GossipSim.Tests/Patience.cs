using System.Diagnostics;

namespace GossipSim.Tests;

/// <summary>
/// Waiting for what real sockets, processes and threads bring about, in whatever time the machine takes. Only a test
/// that fails waits to the end.
/// </summary>
internal static class Patience
{
    /// <summary>Our choice: many times what the slowest condition takes beside a dozen busy programs.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(150);

    private static readonly TimeSpan glance = TimeSpan.FromMilliseconds(5);

    /// <param name="condition">Looked at every few milliseconds; what it throws ends the waiting.</param>
    /// <param name="what">What is waited for, as a sentence would go on after "not yet".</param>
    /// <param name="seen">What there was to see instead; asked only when the waiting is given up.</param>
    /// <exception cref="TimeoutException">It did not come true within <see cref="Limit"/>.</exception>
    public static async Task UntilAsync(Func<bool> condition, string what, Func<string>? seen = null)
    {
        var begun = Stopwatch.GetTimestamp();
        // Asked once more after the limit: the machine may have slept through the last glance.
        for (var isLast = false; !condition(); isLast = Stopwatch.GetElapsedTime(begun) > Limit)
        {
            if (isLast) throw new TimeoutException(Message(what, seen));
            await Task.Delay(glance);
        }
    }

    /// <summary>Waits for the end of a task, which is otherwise waited for without limit.</summary>
    /// <exception cref="TimeoutException">It did not end within <see cref="Limit"/>.</exception>
    public static async Task UntilEndedAsync(Task task, string what, Func<string>? seen = null)
    {
        if (await Task.WhenAny(task, Task.Delay(Limit)) != task) throw new TimeoutException(Message(what, seen));
        await task;
    }

    private static string Message(string what, Func<string>? seen) =>
        $"after {Limit.TotalSeconds} s not yet: {what}" + (seen is null ? "" : $"\nwhat was seen: {seen()}");
}
