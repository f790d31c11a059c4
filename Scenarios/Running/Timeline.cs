using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// When everything happens that a scenario does after formation: its workload, its faults, what they wait for, how
/// often they strike and when they are over. The same on either network.
/// </summary>
internal sealed class Timeline : IPlan
{
    private readonly Scenario scenario;
    private readonly ProtocolSettings settings;
    private readonly IRunningNetwork network;
    private readonly FaultAccounts accounts;
    private readonly FaultEffects effects;
    private readonly Churn churn;
    private readonly ITrace trace;
    private readonly List<Waiting> waiting = [];
    private readonly Instant start;

    /// <summary>The end of measurement: nothing strikes again, and nothing is published, from here on.</summary>
    private readonly Instant measured;

    private Publishers? publishers;

    /// <summary>Scenario time 0 is now.</summary>
    public Timeline(
        Scenario scenario, ProtocolSettings settings, RunRecord world, IRunningNetwork network, ITrace trace)
    {
        (this.scenario, this.settings, this.network, this.trace) = (scenario, settings, network, trace);
        start = network.Now;
        measured = start + TimeSpan.FromSeconds(scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds);
        accounts = new FaultAccounts(scenario);
        effects = new FaultEffects(scenario, settings, world, network, this, accounts);
        churn = new Churn(scenario, settings, world, network, this);
    }

    /// <summary>The latest moment that is planned so far, ends of faults included.</summary>
    public Instant LastMoment { get; private set; }

    public void Begin()
    {
        publishers = new Publishers(scenario, settings, this, start, measured);
        churn.Begin();
        foreach (var fault in scenario.Faults) Plan(fault);
    }

    /// <summary>Whether a timeline of the scenario has a use for the kind.</summary>
    public static bool Wants(EventKind kind, Scenario scenario) =>
        Publishers.Wants(kind) || scenario.Faults.Any(fault => fault.AfterEvent?.Event == kind);

    /// <summary>What the scenario asked for and the run until now did not do.</summary>
    /// <param name="world">The run at its end.</param>
    public IReadOnlyList<RunWarning> Warnings(RunRecord world) =>
    [
        .. effects.Warnings(world), .. churn.Warnings(), .. publishers?.Warnings(world) ?? [],
    ];

    /// <summary>
    /// Hears what nodes report: faults may wait for it, and publishers that restart begin at their first link.
    /// </summary>
    public void Observe(NodeAddress node, Instant now, EventKind kind)
    {
        publishers?.Observe(node, now, kind);
        for (var index = 0; index < waiting.Count;)
        {
            var wait = waiting[index];
            if (!Hears(wait, now, kind))
            {
                index++;
                continue;
            }

            waiting.RemoveAt(index);
            var at = now + TimeSpan.FromSeconds(wait.Trigger.DelaySeconds);
            // A network that reports a little late has gone on meanwhile, and nothing strikes in the past.
            if (at < network.Now) at = network.Now;
            if (at <= measured) Plan(wait.Fault, at);
            else accounts.CameTooLate(wait.Fault);
        }
    }

    /// <summary>Whether this is the last event that the fault waits for.</summary>
    private bool Hears(Waiting wait, Instant now, EventKind kind)
    {
        if (wait.Trigger.Event != kind || now < wait.From) return false;
        accounts.Heard(wait.Fault);
        return ++wait.Seen >= wait.Trigger.Occurrence;
    }

    private void Plan(ScheduledFault fault)
    {
        var at = start + TimeSpan.FromSeconds(fault.AtSeconds);
        if (fault.AfterEvent is { } trigger) waiting.Add(new Waiting(fault, trigger, at));
        else Plan(fault, at);
    }

    /// <summary>
    /// The end is planned together with the beginning, so that at equal times what the file names first comes first,
    /// and a fault that strikes again when it is over is over before.
    /// </summary>
    private void Plan(ScheduledFault fault, Instant at)
    {
        Action? end = null;
        At(at, () => end = Strike(fault, at));
        if (fault.LastsSeconds is { } lasts) At(at + TimeSpan.FromSeconds(lasts), () => end?.Invoke());
    }

    /// <returns>What ends it; null when nothing does.</returns>
    private Action? Strike(ScheduledFault fault, Instant at)
    {
        if (fault.EverySeconds is { } every && at + TimeSpan.FromSeconds(every) <= measured)
            Plan(fault, at + TimeSpan.FromSeconds(every));
        if (effects.Find(fault) is not { } strike) return null;
        // A cause is told before what it leads to; a partition when it is in force, which takes processes a moment.
        if (fault is not ScheduledPartition) Report(EventKind.FaultStruck, strike);
        var end = effects.Apply(fault, strike);
        if (fault is ScheduledPartition) network.WhenDone(() => Report(EventKind.FaultStruck, strike));
        if (end is not { } undo) return null;
        return () =>
        {
            undo();
            Report(EventKind.FaultEnded, strike);
        };
    }

    private void Report(EventKind kind, FaultStrike strike) =>
        trace.Report(NodeAddress.None, network.Now, new ProtocolEvent(kind, Detail: strike));

    public void At(Instant time, Action act)
    {
        Note(time);
        network.At(time, act);
    }

    public void StartAt(Instant time, NodeAddress node)
    {
        Note(time);
        network.StartAt(time, node);
    }

    public void InjectAt(Instant time, NodeAddress node, ProtocolTimer timer)
    {
        Note(time);
        network.InjectAt(time, node, timer);
    }

    private void Note(Instant time)
    {
        if (time > LastMoment) LastMoment = time;
    }

    /// <summary>A fault that has not seen yet what it waits for.</summary>
    private sealed record Waiting(ScheduledFault Fault, FaultTrigger Trigger, Instant From)
    {
        public long Seen { get; set; }
    }
}
