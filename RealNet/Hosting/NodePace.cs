using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Hosting;

/// <summary>
/// How slowly a node handles its inputs. It belongs to the machine: its next process is as slow, but starts at once.
/// </summary>
/// <param name="key">Each input has a draw of its own.</param>
internal sealed class NodePace(ulong key)
{
    private volatile Func<double, TimeSpan>? delay;
    private volatile TaskCompletionSource interruption = NewSource();
    private ulong begun;
    private TimeSpan overdrawn;

    public bool IsSlow => delay is not null;

    /// <param name="quantile">Of what an input takes; null: none takes anything.</param>
    public void Set(Func<double, TimeSpan>? quantile)
    {
        delay = quantile;
        Interrupt();
    }

    /// <summary>Whoever waits looks again.</summary>
    public void Interrupt()
    {
        var before = interruption;
        interruption = NewSource();
        before.TrySetResult();
    }

    /// <summary>
    /// What the next input takes. What the one before it was late by is taken off, so that none adds up.
    /// </summary>
    public TimeSpan Draw()
    {
        var takes = delay is { } drawn ? drawn(Mix64.ToUnit(Mix64.Of(key, begun++))) : TimeSpan.Zero;
        takes -= overdrawn;
        overdrawn = TimeSpan.Zero;
        return takes;
    }

    /// <param name="late">By how much.</param>
    public void End(TimeSpan late) => overdrawn = late > TimeSpan.Zero ? late : TimeSpan.Zero;

    /// <summary>Nothing waits: the next input begins when it comes.</summary>
    public void Rest() => overdrawn = TimeSpan.Zero;

    /// <summary>Done when somebody interrupts next. Taken before looking around, so that nobody is missed.</summary>
    public Task Interruption => interruption.Task;

    /// <summary>Done after the span, or with the interruption.</summary>
    public static Task WaitAsync(TimeSpan span, Task interruption) =>
        Task.WhenAny(interruption, Task.Delay(Whole(span)));

    private static TimeSpan Whole(TimeSpan span) => TimeSpan.FromMilliseconds(Math.Ceiling(span.TotalMilliseconds));

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
