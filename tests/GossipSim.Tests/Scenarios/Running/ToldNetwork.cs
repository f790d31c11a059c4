using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Running;
using GossipSim.Tests.Scenarios.Results;

namespace GossipSim.Tests.Scenarios.Running;

/// <summary>A network that only writes down what it is told; scenario time 0 is its instant zero.</summary>
internal sealed class ToldNetwork(RunStory story) : IRunningNetwork
{
    private readonly PriorityQueue<Action, (Instant, int)> planned = new();
    private int order;

    public List<string> Told { get; } = [];

    public Instant Now { get; private set; }

    public void At(Instant time, Action act) => planned.Enqueue(act, (time, order++));

    public void PlayOut()
    {
        while (planned.TryDequeue(out var act, out var moment))
        {
            Now = moment.Item1;
            act();
        }
    }

    public void Start(NodeAddress node) => Tell($"Start {node.Port}");

    public void StartAt(Instant time, NodeAddress node) => At(time, () => Start(node));

    public void Crash(NodeAddress node, string faultId)
    {
        story.Crash(node.Port, faultId);
        Tell($"Crash {node.Port} {faultId}");
    }

    public void Restart(NodeAddress node, DiskState disk) => Tell($"Restart {node.Port} {disk}");

    public void Pause(NodeAddress node) => Tell($"Pause {node.Port}");

    public void Resume(NodeAddress node) => Tell($"Resume {node.Port}");

    public void Inject(NodeAddress node, ProtocolTimer timer)
    {
        var behavior = timer.Kind == TimerKind.Misbehave ? $" {(ByzantineBehavior)timer.Round}" : "";
        Tell($"Inject {node.Port} {timer.Kind}{behavior}");
    }

    public void InjectAt(Instant time, NodeAddress node, ProtocolTimer timer) =>
        At(time, () => Inject(node, timer));

    public void Impair(string faultId, Impairment impairment)
    {
        var what = impairment with { Scope = new AllLinks() };
        var scope = impairment.Scope switch
        {
            AllLinks => "all",
            LinksOf links => Ports(links.Nodes),
            BetweenGroups between => string.Join('/', between.Groups.Select(group => group.Count)),
            FromTo ends => $"{Ports(ends.From)}{(ends.OneWay ? ">" : "-")}{Ports(ends.To)}",
            _ => throw new ArgumentOutOfRangeException(nameof(impairment)),
        };
        Tell($"Impair {faultId} {scope}: {InWords(what)}");
    }

    public void Mend(string faultId) => Tell($"Mend {faultId}");

    public void WhenDone(Action act)
    {
        Tell("WhenDone");
        act();
    }

    public void SlowDown(NodeAddress node, DistributionSettings? processingDelayMs)
    {
        var delay = processingDelayMs is null ? null : NetworkModels.ProcessingDelayOf(processingDelayMs);
        Tell($"SlowDown {node.Port} {delay?.BaseMicroseconds(0, 0, 0.5) ?? 0}");
    }

    public void SkewClock(NodeAddress node, ClockSkew skew) => Tell(
        FormattableString.Invariant($"SkewClock {node.Port} {skew.Offset.TotalMilliseconds} {skew.DriftPpm}"));

    private static string InWords(Impairment what) => what switch
    {
        { Cuts: true } => "cut",
        { LossProbability: > 0 } => FormattableString.Invariant($"loss {what.LossProbability}"),
        { AddedLatency.Ticks: > 0 } => $"delay {what.AddedLatency.TotalMilliseconds}",
        { BytesPerSecond: > 0 } => $"bandwidth {what.BytesPerSecond}",
        { CorruptProbability: > 0 } => FormattableString.Invariant($"corrupt {what.CorruptProbability}"),
        { DuplicateProbability: > 0 } => FormattableString.Invariant($"duplicate {what.DuplicateProbability}"),
        { ReorderProbability: > 0 } => FormattableString.Invariant($"reorder {what.ReorderProbability}"),
        _ => "nothing",
    };

    private static string Ports(IReadOnlyCollection<NodeAddress> nodes) =>
        string.Join(',', nodes.Select(node => node.Port));

    private void Tell(string words) => Told.Add(
        FormattableString.Invariant($"{(Now - Instant.Zero).TotalSeconds} {words}"));
}
