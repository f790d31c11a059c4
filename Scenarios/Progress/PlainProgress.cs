using System.Diagnostics;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Progress;

/// <summary>
/// Progress for files and pipes: a plain line for each phase, fault and detection, and every ten seconds.
/// </summary>
internal sealed class PlainProgress : IRunProgress
{
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    /// <summary>Simulated time between two looks at the clock, which costs more than counting.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly TextWriter output;
    private readonly ProgressTally tally;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly CancellationTokenRegistration interruption;
    private long lastLine;
    private Instant lastLook;

    public PlainProgress(TextWriter output, RunFacts facts, TimeProvider clock, CancellationToken cancel = default)
    {
        (this.output, this.clock) = (output, clock);
        tally = new ProgressTally(facts, clock);
        lastLine = clock.GetTimestamp();
        Say($"{facts.Scenario}: {facts.CastInWords}, {facts.NetworkInWords}, random seed {facts.RandomSeed}");
        interruption = cancel.Register(() => Say(Interruption.InWords));
    }

    public void Observe(RunRecord record, NodeAddress node, Instant now, in ProtocolEvent protocolEvent)
    {
        if (tally.Count(record, node, now, protocolEvent) is { } note) Say(note);

        // Looking at a clock costs more than counting; once in some hundred events is often enough.
        if ((record.Events & 255) == 0 && clock.GetElapsedTime(lastLine) >= Beat) Say(tally.InWords());
    }

    public void Reached(Instant now, long inputs)
    {
        tally.Reach(now, inputs);
        if (now - lastLook < Look) return;
        lastLook = now;
        if (clock.GetElapsedTime(lastLine) >= Beat) Say(tally.InWords());
    }

    public void ScenarioStarted(RunRecord record, Instant now)
    {
        Say($"formed after {Numbers.Seconds(now.TotalSeconds)}: {tally.FormedInWords()}");
        tally.Start(now);
    }

    public void Ended(RunRecord record, Instant now)
    {
        tally.End(now);
        Say($"ended at {tally.InWords()}");
    }

    public void Dispose()
    {
        interruption.Dispose();
        output.Flush();
    }

    private void Say(string line)
    {
        // The interruption comes from a thread of its own.
        lock (gate)
        {
            output.WriteLine(line);
            output.Flush();
            lastLine = clock.GetTimestamp();
        }
    }
}
