using System.Globalization;
using GossipSim.Engine.Protocol;
using GossipSim.Engine.Simulation;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Running;

/// <summary>
/// Peers that come and go from scenario time 0 to the end of measurement. Every peer draws from a stream of its own,
/// by its address, so that one peer's sessions do not shift another's.
/// </summary>
internal sealed class Churn
{
    /// <summary>What crash reports and logs call it.</summary>
    public const string FaultId = "churn";

    /// <summary>Our choice: a peer that said good-bye ends its process after this, when its word has left.</summary>
    private static readonly TimeSpan TimeToLeave = TimeSpan.FromSeconds(1);

    /// <summary>Our choice, so that a distribution near 0 does not start and stop a peer in one instant.</summary>
    private static readonly TimeSpan ShortestSpan = TimeSpan.FromMilliseconds(1);

    private readonly Scenario scenario;
    private readonly ProtocolSettings settings;
    private readonly IRunningNetwork network;
    private readonly IPlan plan;
    private readonly RunRecord world;
    private readonly HashSet<NodeAddress> leaving = [];
    private readonly Instant start;
    private readonly Instant end;

    private long changes;
    private long skipped;

    public Churn(
        Scenario scenario, ProtocolSettings settings, RunRecord world, IRunningNetwork network, IPlan plan)
    {
        (this.scenario, this.settings, this.network, this.plan) = (scenario, settings, network, plan);
        this.world = world;
        start = network.Now;
        end = start + TimeSpan.FromSeconds(scenario.Phases.WarmupSeconds + scenario.Phases.MeasureSeconds);
    }

    public void Begin()
    {
        switch (scenario.Churn)
        {
            case SessionChurn sessions: BeginSessions(sessions); break;
            case ArrivalChurn arrivals: BeginArrivals(arrivals); break;
            case TraceChurn trace: BeginTrace(trace); break;
            default: break;
        }
    }

    /// <summary>That no peer came or went, or that some events of a trace did nothing.</summary>
    public IEnumerable<RunWarning> Warnings()
    {
        if (scenario.Churn is not { } churn) yield break;
        var end = ScenarioWarnings.MeasuredUntil(scenario);
        if (changes == 0)
        {
            var why = churn switch
            {
                SessionChurn => "no session ended before",
                ArrivalChurn => "no peer arrived before",
                _ => "no event of the trace changed anything before",
            };
            yield return new RunWarning(
                WarningKind.ChurnDidNothing, ScenarioWarnings.ChurnPath,
                string.Create(CultureInfo.InvariantCulture,
                    $"churn did nothing: {why} the end of measurement at {end} s"));
        }
        else if (churn is TraceChurn trace && skipped + Late(trace) is > 0 and var idle)
        {
            yield return new RunWarning(
                WarningKind.TraceEventsSkipped, ScenarioWarnings.ChurnPath,
                string.Create(CultureInfo.InvariantCulture,
                    $"{idle} of {trace.Events.Count} events of the churn trace did nothing: {Late(trace)} come after ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"the end of measurement at {end} s, {skipped} found the peer up or down already"));
        }

        int Late(TraceChurn trace) => trace.Events.Count(each => each.Seconds > end);
    }

    /// <summary>What faults bring in has the places right behind those of the beginning.</summary>
    private int FirstNewcomer(ChurnSettings churn) => scenario.AllPeers - churn.Newcomers(settings.InitialPeers);

    private NodeAddress PeerAt(int place) => settings.Plan[settings.Plan.SeedNodes + place];

    private void BeginSessions(SessionChurn churn)
    {
        var session = NetworkModels.DistributionOf(churn.SessionSeconds);
        var downtime = NetworkModels.DistributionOf(churn.DowntimeSeconds);
        HashSet<NodeAddress> stay = churn.ExcludePublishers
            ? [.. Workload.Of(scenario, settings).Select(begin => begin.Publisher)]
            : [];
        for (var place = 0; place < settings.InitialPeers; place++)
        {
            if (stay.Contains(PeerAt(place))) continue;
            var life = new Life(PeerAt(place), Streams.OfFault(scenario.RandomSeed, $"{FaultId} {place}"));
            PlanDeparture(life, start, session, churn.Departure, comeBackAfter: downtime);
        }
    }

    private void BeginArrivals(ArrivalChurn churn)
    {
        var session = NetworkModels.DistributionOf(churn.SessionSeconds);
        var arrivals = Streams.OfFault(scenario.RandomSeed, $"{FaultId} arrivals");
        var when = start;
        for (var place = FirstNewcomer(churn); place < scenario.AllPeers; place++)
        {
            when += TimeSpan.FromSeconds(-Math.Log(1 - arrivals.NextUnit()) / churn.RatePerSecond);
            if (when > end) return;
            var life = new Life(PeerAt(place), Streams.OfFault(scenario.RandomSeed, $"{FaultId} {place}"));
            plan.StartAt(when, life.Peer);
            changes++;
            PlanDeparture(life, when, session, churn.Departure, comeBackAfter: null);
        }
    }

    private void BeginTrace(TraceChurn churn)
    {
        var everUp = Enumerable.Range(0, settings.InitialPeers).ToHashSet();
        foreach (var change in churn.Events)
        {
            var when = start + TimeSpan.FromSeconds(change.Seconds);
            if (when > end) return;
            var isNewcomer = change.Peer >= settings.InitialPeers;
            var peer = PeerAt(isNewcomer ? change.Peer - settings.InitialPeers + FirstNewcomer(churn) : change.Peer);
            switch (change.Change)
            {
                case TraceChange.Up when everUp.Add(change.Peer):
                    plan.StartAt(when, peer);
                    changes++;
                    break;
                case TraceChange.Up:
                    plan.At(when, () => ComeBack(peer));
                    break;
                case TraceChange.Down:
                    plan.At(when, () => Crash(peer));
                    break;
                case TraceChange.Leave:
                    plan.At(when, () => Leave(peer));
                    break;
                default: throw new InvalidOperationException($"no change {change.Change}");
            }
        }
    }

    private void PlanDeparture(
        Life life, Instant since, Distribution session, DepartureSettings departure, Distribution? comeBackAfter)
    {
        var when = since + life.Draw(session);
        var crashes = life.Random.NextUnit() < departure.CrashFraction;
        if (when > end) return;
        plan.At(when, () =>
        {
            if (crashes) Crash(life.Peer);
            else Leave(life.Peer);
            if (comeBackAfter is not null) PlanReturn(life, when, session, departure, comeBackAfter);
        });
    }

    private void PlanReturn(
        Life life, Instant since, Distribution session, DepartureSettings departure, Distribution downtime)
    {
        // Not before the process that says good-bye is gone.
        var away = life.Draw(downtime);
        var when = since + (away > TimeToLeave ? away : TimeToLeave) + ShortestSpan;
        if (when > end) return;
        plan.At(when, () =>
        {
            network.Restart(life.Peer, DiskState.Kept);
            PlanDeparture(life, when, session, departure, downtime);
        });
    }

    private void Crash(NodeAddress peer)
    {
        Count(world.IsUp(peer));
        network.Crash(peer, FaultId);
    }

    private void Count(bool isChange)
    {
        if (isChange) changes++;
        else skipped++;
    }

    private void Leave(NodeAddress peer)
    {
        Count(world.IsUp(peer));
        network.Inject(peer, new ProtocolTimer(TimerKind.Leave));
        leaving.Add(peer);
        plan.At(network.Now + TimeToLeave, () => EndLeaving(peer));
    }

    private void EndLeaving(NodeAddress peer)
    {
        if (leaving.Remove(peer)) network.Crash(peer, FaultId);
    }

    private void ComeBack(NodeAddress peer)
    {
        Count(!world.IsUp(peer) || leaving.Contains(peer));
        EndLeaving(peer);
        // In a moment of its own, because on TCP a crash takes its time.
        plan.At(network.Now, () => network.Restart(peer, DiskState.Kept));
    }

    /// <summary>A peer's comings and goings.</summary>
    private sealed class Life(NodeAddress peer, NodeRandom random)
    {
        public NodeRandom Random = random;

        public NodeAddress Peer => peer;

        /// <summary>A span of at least <see cref="ShortestSpan"/> and at most the longest scenario.</summary>
        public TimeSpan Draw(Distribution seconds)
        {
            var drawn = Math.Min(seconds.Quantile(OpenUnit()), ScheduledFault.LongestSeconds);
            return drawn > ShortestSpan.TotalSeconds ? TimeSpan.FromSeconds(drawn) : ShortestSpan;
        }

        /// <summary>Never 0, where some quantiles have no value.</summary>
        private double OpenUnit() => Math.Max(Random.NextUnit(), double.Epsilon);
    }
}
