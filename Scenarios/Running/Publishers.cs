using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// When each publisher begins and stops. Those of the beginning start within one interval of the warm-up. A publisher
/// that restarts publishes again, and where all peers publish a peer that joins does too: within one interval of the
/// first link of its process, as a stand-alone node does.
/// </summary>
internal sealed class Publishers
{
    private readonly Scenario scenario;
    private readonly IPlan plan;
    private readonly AddressPlan addresses;
    private readonly Instant warm;
    private readonly Instant measured;

    /// <summary>When the latest start of publishing takes effect, for each publisher.</summary>
    private readonly Dictionary<NodeAddress, Instant> begins = [];

    /// <summary>Processes that began during the scenario and have no link yet, with the time of their start.</summary>
    private readonly Dictionary<NodeAddress, Instant> unlinked = [];

    /// <summary>Newcomers that are one attacker: they publish nothing.</summary>
    private readonly HashSet<NodeAddress> sybils = [];

    private readonly bool isEverybody;

    /// <param name="start">Scenario time 0.</param>
    /// <param name="measured">The end of measurement: nothing is published from here on.</param>
    public Publishers(Scenario scenario, ProtocolSettings settings, IPlan plan, Instant start, Instant measured)
    {
        (this.scenario, this.plan, this.measured) = (scenario, plan, measured);
        addresses = settings.Plan;
        warm = start + TimeSpan.FromSeconds(scenario.Phases.WarmupSeconds);
        isEverybody = scenario.Gossip.Publishers.Count == scenario.Peers.Count;
        var arrivals = new Arrivals(scenario, settings);
        foreach (var sybil in scenario.Faults.OfType<ScheduledSybil>()) sybils.UnionWith(arrivals.Of(sybil));
        foreach (var (publisher, after) in Workload.Of(scenario, settings)) Plan(publisher, start + after);
    }

    /// <summary>Follows which processes start, stop and link.</summary>
    public void Observe(NodeAddress node, Instant now, EventKind kind)
    {
        switch (kind)
        {
            case EventKind.ProcessStarted when IsPublisher(node) && !IsStillToBegin(node, now):
                unlinked[node] = now;
                break;
            case EventKind.ProcessCrashed:
                unlinked.Remove(node);
                break;
            case EventKind.NeighborAdded when unlinked.Remove(node, out var startedAt):
                BeginAgain(node, startedAt, now);
                break;
        }
    }

    /// <summary>The kinds of events that <see cref="Observe"/> uses.</summary>
    public static bool Wants(EventKind kind) =>
        kind is EventKind.ProcessStarted or EventKind.ProcessCrashed or EventKind.NeighborAdded;

    /// <summary>What was not published although the scenario asks for it.</summary>
    public IEnumerable<RunWarning> Warnings(RunRecord world)
    {
        if (scenario.Protocol is not null) yield break;
        var published = LastPublications(world);
        if (!world.Gossip.Messages.Any(message => message.PublishedAt is { } at && world.IsMeasuredAt(at)))
        {
            yield return ScenarioWarnings.NothingPublished(
                ScenarioWarnings.WhyNothingIsPublished(scenario) ?? Reasons(Silent(world, published)));
            yield break;
        }

        var silent = Silent(world, published);
        if (silent.Total == 0) yield break;
        yield return new RunWarning(
            WarningKind.PublishersSilent, ScenarioWarnings.PublishersPath,
            $"{Numbers.Count(silent.Total)} of {Numbers.Plural(begins.Keys.Union(unlinked.Keys).Count(), "publisher")} "
            + $"ran at the end and had published nothing: {Reasons(silent)}");
    }

    private bool IsPublisher(NodeAddress node) => begins.ContainsKey(node)
        || (isEverybody && addresses.IndexOf(node) >= addresses.SeedNodes && !sybils.Contains(node));

    /// <summary>Whether the start that is planned reaches the process that starts now.</summary>
    private bool IsStillToBegin(NodeAddress node, Instant now) =>
        begins.TryGetValue(node, out var begin) && begin >= now;

    private void BeginAgain(NodeAddress node, Instant startedAt, Instant linkedAt)
    {
        var random = Streams.OfPublisher(scenario.RandomSeed, node, startedAt);
        var earliest = linkedAt > warm ? linkedAt : warm;
        Plan(node, earliest + random.NextTimeSpan(TimeSpan.FromMilliseconds(scenario.Gossip.IntervalMs)));
    }

    private void Plan(NodeAddress publisher, Instant from)
    {
        var isNew = !begins.ContainsKey(publisher);
        begins[publisher] = from;
        if (from < measured) plan.InjectAt(from, publisher, new ProtocolTimer(TimerKind.StartPublishing));
        if (isNew) plan.InjectAt(measured, publisher, new ProtocolTimer(TimerKind.StopPublishing));
    }

    /// <summary>Live publishers whose process published nothing, by the reason.</summary>
    private (int TooLate, int Unlinked, int Other, int Total) Silent(
        RunRecord world, Dictionary<int, Instant> published)
    {
        var (tooLate, withoutLink, other) = (0, 0, 0);
        foreach (var node in world.Nodes.All)
        {
            if (!node.IsLivePeer || node.IsPaused || !IsPublisher(node.Address)) continue;
            if (published.TryGetValue(node.Index, out var last) && last >= node.StartedAt) continue;
            if (unlinked.TryGetValue(node.Address, out var since))
            {
                if (HadTime(since, world)) withoutLink++;
            }
            else if (begins.TryGetValue(node.Address, out var begin))
            {
                // One that restarted shortly before the end of measurement had no time to publish.
                if (begin < measured) other++;
                else if (node.StartedAt <= warm) tooLate++;
            }
        }

        return (tooLate, withoutLink, other, tooLate + withoutLink + other);
    }

    private bool HadTime(Instant since, RunRecord world) =>
        since + world.Facts.DetectionBound + TimeSpan.FromMilliseconds(scenario.Gossip.IntervalMs) < measured;

    private string Reasons((int TooLate, int Unlinked, int Other, int Total) silent)
    {
        var reasons = new List<string>();
        if (silent.TooLate > 0)
        {
            reasons.Add(
                $"{Numbers.Count(silent.TooLate)} would begin after the measured part "
                + $"(gossip.intervalMs is {scenario.Gossip.IntervalMs})");
        }

        if (silent.Unlinked > 0) reasons.Add($"{Numbers.Count(silent.Unlinked)} got no link after their start");
        if (silent.Other > 0) reasons.Add($"{Numbers.Count(silent.Other)} were no linked members when it was time to");
        return reasons.Count == 0 ? "no publisher ran long enough" : string.Join(", ", reasons);
    }

    private static Dictionary<int, Instant> LastPublications(RunRecord world)
    {
        var last = new Dictionary<int, Instant>();
        foreach (var message in world.Gossip.Messages)
        {
            if (message.PublishedAt is not { } at) continue;
            if (!last.TryGetValue(message.Origin, out var before) || at > before) last[message.Origin] = at;
        }

        return last;
    }
}
