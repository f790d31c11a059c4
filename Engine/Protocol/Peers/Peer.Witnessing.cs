namespace GossipSim.Engine.Protocol;

// Witnessing: asked about a neighbor's neighbor, a peer probes it and says what it found, and UNKNOWN when its own loop
// is too late to tell.
public sealed partial class Peer
{
    /// <summary>Our choice: probes for others at a time, and askers that wait for one.</summary>
    private const int WitnessingLimit = 64;

    /// <summary>Whether anybody waits for an answer of another: asked at every PONG, and so not in the work in hand.
    /// </summary>
    private bool isWitnessing;

    private sealed partial class WorkInHand
    {
        public LazyTable<NodeAddress, Inquiry> Witnessing;

        public long InquiryRound { get; set; }
    }

    private sealed record Inquiry(long Round, int Epoch, List<(NodeAddress Asker, int Round)> Askers);

    private void OnSuspect(NodeAddress from, Suspect suspect, in NodeContext context)
    {
        if (suspect.Address == context.Self)
        {
            context.Send(from, new Alive(context.Self, epoch, Refute: true));
        }
        else if (neighbors.Pings.IsLagging
            || (Work.Witnessing.Count >= WitnessingLimit && !Work.Witnessing.ContainsKey(suspect.Address)))
        {
            context.Send(from, new Witness(suspect.Address, suspect.Epoch, suspect.Round, Verdict.Unknown));
        }
        else if (neighbors.Find(suspect.Address) is { } neighbor && neighbor.Epoch == suspect.Epoch
            && neighbors.VitalsAt(neighbors.PlaceOf(suspect.Address)).Misses >= options.MissedPingsToSuspect)
        {
            // It has probed already, as often as it would have to.
            context.Send(from, new Witness(suspect.Address, suspect.Epoch, suspect.Round, Verdict.Dead));
        }
        else if (neighbors.Contains(from) || neighbors.Contains(suspect.Address))
        {
            Inquire(from, suspect, context);
        }
        else
        {
            // A stranger must not make this peer dial an address of its choice.
            context.Send(from, new Witness(suspect.Address, suspect.Epoch, suspect.Round, Verdict.Unknown));
        }
    }

    private void Inquire(NodeAddress asker, Suspect suspect, in NodeContext context)
    {
        if (!Work.Witnessing.TryGetValue(suspect.Address, out var inquiry) || inquiry.Epoch != suspect.Epoch)
        {
            inquiry = new Inquiry(++Work.InquiryRound, suspect.Epoch, []);
            Work.Witnessing[suspect.Address] = inquiry;
            isWitnessing = true;
            context.Send(suspect.Address, new Ping(Digest: null));
            context.SetTimer(
                new ProtocolTimer(TimerKind.WitnessTimeout, suspect.Address, inquiry.Round), options.WitnessProbe);
        }

        if (inquiry.Askers.Count < WitnessingLimit) inquiry.Askers.Add((asker, suspect.Round));
    }

    /// <summary>It answered. As a later member, or as none, it is no longer the one that was asked about.</summary>
    private void Testify(NodeAddress suspect, Pong pong, in NodeContext context)
    {
        if (!isWitnessing || !Work.Witnessing.TryGetValue(suspect, out var inquiry)) return;
        Answer(suspect, inquiry, pong.Epoch == inquiry.Epoch ? Verdict.Alive : Verdict.Dead, context);
    }

    private void OnWitnessTimeout(ProtocolTimer timer, in NodeContext context)
    {
        if (!Work.Witnessing.TryGetValue(timer.About, out var inquiry) || inquiry.Round != timer.Round) return;
        Answer(timer.About, inquiry, neighbors.Pings.IsLagging ? Verdict.Unknown : Verdict.Dead, context);
    }

    private void Answer(NodeAddress suspect, Inquiry inquiry, Verdict verdict, in NodeContext context)
    {
        Work.Witnessing.Remove(suspect);
        isWitnessing = Work.Witnessing.Count > 0;
        foreach (var (asker, round) in inquiry.Askers)
            context.Send(asker, new Witness(suspect, inquiry.Epoch, round, verdict));
        if (!neighbors.Contains(suspect) && !IsConnectingTo(suspect)) context.Close(suspect);
    }
}
