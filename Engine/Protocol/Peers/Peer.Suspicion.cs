namespace GossipSim.Engine.Protocol;

// Suspicion, level 1: a silent neighbor's own neighbors are asked. A majority of those with an opinion confirms its
// death; one that reaches it clears the round. Then level 2: the report to a seed node.
public sealed partial class Peer
{
    /// <summary>Our choice: witnesses asked in a round. Five give a majority of three.</summary>
    private const int WitnessLimit = 5;

    /// <summary>
    /// DESIGN section 5: after two cleared rounds with misses going on, the report goes out as contested.
    /// </summary>
    private const int RoundsToContest = 2;

    /// <summary>
    /// Our choice: for how long a refused report is not repeated at first; it doubles each time, to ten minutes.
    /// </summary>
    private static readonly TimeSpan FirstDeferral = TimeSpan.FromSeconds(10);

    private const int DeferredLimit = 64;

    private sealed partial class WorkInHand
    {
        public LazyTable<NodeAddress, DeferredReport> DeferredReports;
    }

    private readonly record struct DeferredReport(Instant Until, TimeSpan Span);

    private void OnMissedPings(int place, in NodeContext context)
    {
        var neighbor = neighbors[place];
        var isDeferred = Work.DeferredReports.TryGetValue(neighbor.Address, out var deferred);
        if (isDeferred && context.Now < deferred.Until) return;
        if (neighbor.Suspicion is null)
        {
            neighbor.Suspicion = new Suspicion();
            neighbors.VitalsAt(place).IsSuspected = true;
            var silence = neighbors.VitalsAt(place).SilenceAt(context.Now);
            context.Report(new ProtocolEvent(EventKind.Suspected, neighbor.Address, neighbor.Epoch, silence));
        }

        if (neighbor.Suspicion.Now != Suspicion.Stage.Waiting) return;
        if (options.ConfirmationRule == ConfirmationRule.None)
            Report(neighbor, neighbor.Suspicion, ReportFlag.Sole, context);
        else
            AskWitnesses(neighbor, neighbor.Suspicion, context);
    }

    private void ClearSuspicion(int place, in NodeContext context)
    {
        var neighbor = neighbors[place];
        neighbor.Suspicion = null;
        neighbors.VitalsAt(place).IsSuspected = false;
        context.Report(new ProtocolEvent(EventKind.SuspicionCleared, neighbor.Address, neighbor.Epoch));
    }

    private void AskWitnesses(Neighbor suspect, Suspicion suspicion, in NodeContext context)
    {
        var witnesses = ChooseWitnesses(suspect, context);
        suspicion.StartRound(witnesses);
        var question = new Suspect(suspect.Address, suspect.Epoch, suspicion.Round);
        foreach (var witness in witnesses) context.Send(witness, question);
        // The suspect is asked too: it may refute.
        context.Send(suspect.Address, question);
        if (witnesses.Count == 0)
        {
            Report(suspect, suspicion, ReportFlag.Sole, context);
            return;
        }

        var patience = options.WitnessProbe + (options.PingTimeout / 2);
        context.SetTimer(new ProtocolTimer(TimerKind.VerdictTimeout, suspect.Address, suspicion.Round), patience);
    }

    /// <summary>
    /// The suspect's neighbors, as it last told them; padded with this peer's own, who probe it as strangers.
    /// </summary>
    private List<NodeAddress> ChooseWitnesses(Neighbor suspect, in NodeContext context)
    {
        var witnesses = new List<NodeAddress>(WitnessLimit);
        var known = options.ConfirmationRule == ConfirmationRule.MajorityOfReporterNeighbors
            ? []
            : ToldBy(suspect).ToArray();
        context.Random.Shuffle<NodeAddress>(known);
        foreach (var address in known) AddWitness(address, suspect, witnesses, context);
        for (var index = 0; index < neighbors.Count && witnesses.Count < WitnessLimit; index++)
            AddWitness(neighbors.AddressAt(index), suspect, witnesses, context);
        return witnesses;
    }

    /// <summary>The neighbors that a neighbor named in its last PONG.</summary>
    private ReadOnlySpan<NodeAddress> ToldBy(Neighbor neighbor) =>
        neighbors.VitalsAt(neighbors.PlaceOf(neighbor.Address)).LastPong is { } pong ? pong.Neighbors : [];

    private void AddWitness(NodeAddress address, Neighbor suspect, List<NodeAddress> witnesses, in NodeContext context)
    {
        if (witnesses.Count == WitnessLimit || address == suspect.Address || address == context.Self) return;
        if (neighbors.Find(address) is { Suspicion: not null } || witnesses.Contains(address)) return;
        witnesses.Add(address);
    }

    private void OnWitness(NodeAddress from, Witness witness, in NodeContext context)
    {
        if (neighbors.Find(witness.Address) is not { Suspicion: { } suspicion } suspect) return;
        if (witness.Epoch != suspect.Epoch || !suspicion.Hear(from, witness.Round, witness.Verdict)) return;
        context.Report(new ProtocolEvent(EventKind.WitnessHeard, witness.Address, witness.Epoch, witness));
        if (suspicion.IsComplete) Conclude(suspect, suspicion, context);
    }

    private void OnVerdictTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (neighbors.Find(timer.About) is not { Suspicion: { } suspicion } suspect) return;
        if (suspicion.Now == Suspicion.Stage.Asking && suspicion.Round == timer.Round)
            Conclude(suspect, suspicion, context);
    }

    private void Conclude(Neighbor suspect, Suspicion suspicion, in NodeContext context)
    {
        if (suspicion.Dead > suspicion.Alive)
        {
            Report(suspect, suspicion, ReportFlag.Confirmed, context);
        }
        else if (suspicion.Alive == 0)
        {
            Report(suspect, suspicion, ReportFlag.Sole, context);
        }
        else if (++suspicion.ClearedRounds >= RoundsToContest)
        {
            Report(suspect, suspicion, ReportFlag.Contested, context);
        }
        else
        {
            suspicion.Now = Suspicion.Stage.Waiting;
            neighbors.VitalsAt(neighbors.PlaceOf(suspect.Address)).Misses = 0;
        }
    }

    private void Report(Neighbor suspect, Suspicion suspicion, ReportFlag flag, in NodeContext context)
    {
        suspicion.Now = Suspicion.Stage.Reported;
        var dead = options.ReportFormat == ReportFormat.WithPort
            ? suspect.Address.ToString()
            : suspect.Address.HostText;
        var text = $"Dead Node:{dead}:{Timestamp(context)}:{context.Self.HostText}";
        suspicion.Report = new DeadNode(suspect.Address, suspect.Epoch, suspect.NodeId, flag, text);
        context.Report(new ProtocolEvent(EventKind.DeathReported, suspect.Address, suspect.Epoch, suspicion.Report));
        SendReport(suspect, suspicion, context);
    }

    /// <summary>
    /// To the seed node that hashing names, where the reports of all neighbors meet in one round; or to all, where each
    /// counts the reporters for itself.
    /// </summary>
    private void SendReport(Neighbor suspect, Suspicion suspicion, in NodeContext context)
    {
        var told = options.ReportTo == ReportTo.AllSeedNodes ? options.SeedNodes.Length : 1;
        for (var turn = 0; turn < told; turn++)
            context.Send(SeedNodeFor(suspect.Address, suspicion.ReportTurn + turn), suspicion.Report!);
        context.SetTimer(
            new ProtocolTimer(TimerKind.ReportTimeout, suspect.Address, suspicion.ReportTurn), options.ReportTimeout);
    }

    private void OnReportTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (neighbors.Find(timer.About) is not { Suspicion: { } suspicion } suspect) return;
        if (suspicion.Now != Suspicion.Stage.Reported || suspicion.ReportTurn != timer.Round) return;
        suspicion.HurriedTurns = 0;
        suspicion.ReportTurn++;
        SendReport(suspect, suspicion, context);
    }

    /// <summary>
    /// A seed node that cannot be reached gets no report: the next one does, at once. Each is tried once in a hurry;
    /// where none can be reached the timeout sets the pace.
    /// </summary>
    private void ReportElsewhere(NodeAddress seedNode, in NodeContext context)
    {
        if (options.ReportTo == ReportTo.AllSeedNodes) return;
        for (var place = 0; place < neighbors.Count; place++)
        {
            if (!neighbors.VitalsAt(place).IsSuspected) continue;
            var suspect = neighbors[place];
            if (suspect.Suspicion is not { Now: Suspicion.Stage.Reported } suspicion) continue;
            if (SeedNodeFor(suspect.Address, suspicion.ReportTurn) != seedNode) continue;
            if (suspicion.HurriedTurns == options.SeedNodes.Length - 1) continue;
            suspicion.HurriedTurns++;
            suspicion.ReportTurn++;
            SendReport(suspect, suspicion, context);
        }
    }

    /// <summary>The seed nodes reach it: this peer lets go of the link, and of the matter for a while.</summary>
    private void OnReportRefused(Alive alive, in NodeContext context)
    {
        if (alive.Refute || neighbors.Find(alive.Address) is not { Suspicion: not null } neighbor) return;
        if (neighbor.Epoch != alive.Epoch) return;
        context.Report(new ProtocolEvent(EventKind.ReportRefused, alive.Address, alive.Epoch));
        DeferReports(alive.Address, context.Now);
        Part(neighbor, context);
        SeekLinks(context);
    }

    private void DeferReports(NodeAddress address, Instant now)
    {
        var span = Work.DeferredReports.TryGetValue(address, out var earlier)
            ? TimeSpan.FromSeconds(Math.Min(600, 2 * earlier.Span.TotalSeconds))
            : FirstDeferral;
        if (Work.DeferredReports.Count >= DeferredLimit) Work.DeferredReports.Clear();
        Work.DeferredReports[address] = new DeferredReport(now + span, span);
    }
}
