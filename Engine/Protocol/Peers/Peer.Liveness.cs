namespace GossipSim.Engine.Protocol;

// Liveness: whatever a neighbor sends is a sign of life; one that was silent for an interval is pinged, and three
// pings without an answer make it a suspect. Whose own loop lags mistrusts itself: its misses do not count
// (local health, after Lifeguard: Dadgar, Phillips, Currey, arXiv 1707.00788).
public sealed partial class Peer
{
    /// <summary>Who is never pinged is not watched either: nothing is noted of its signs of life.</summary>
    private bool WatchesNeighbors => PeerOptions.IsEver(options.PingInterval);

    private void StartLiveness(in NodeContext context) =>
        SetLivenessTimer(context.Random.NextTimeSpan(options.PingInterval), context);

    private void SetLivenessTimer(TimeSpan after, in NodeContext context)
    {
        neighbors.Pings.Due = context.Now + after;
        context.SetTimer(new ProtocolTimer(TimerKind.Liveness), after);
    }

    /// <summary>
    /// Pings each neighbor an interval after it was last heard or pinged, and comes back when the next is due; pings
    /// due within a fraction of the interval go out together.
    /// </summary>
    private void OnLivenessTimer(in NodeContext context)
    {
        ref var pings = ref neighbors.Pings;
        var isLagging = IsLongAfter(pings.Due, context.Now);
        pings.IsLagging = isLagging;
        var pace = new PingPace(options, context.Now);
        var next = context.Now + options.PingInterval;
        var round = ++pings.Number;
        var asked = 0;
        var all = neighbors.Vitals;
        for (var place = 0; place < all.Length; place++)
        {
            ref var vitals = ref all[place];
            // Late itself, it cannot tell whose fault the silence is.
            if (isLagging) vitals.PingRound = 0;
            var due = pace.DueAt(vitals);
            if (vitals.PingRound == 0 && due <= pace.Together)
            {
                NotePing(place, ref vitals, round, context);
                due = pace.DueAt(vitals);
                asked++;
            }

            next = PingPace.Earlier(next, due);
        }

        if (asked > 0)
        {
            SendPings(round, isToAll: asked == all.Length, context);
            SetPingTimeout(NodeAddress.None, round, context);
        }

        SetLivenessTimer((next > pace.Together ? next : pace.Together) - context.Now, context);
    }

    private void NotePing(int place, ref Vitals vitals, int round, in NodeContext context)
    {
        vitals.PingRound = round;
        vitals.LastPinged = context.Now;
        if (options.TellsPings)
            context.Report(new ProtocolEvent(EventKind.SignOfLifeAsked, neighbors.AddressAt(place)));
    }

    /// <summary>Nearly always all are due together; what goes to all is made ready once.</summary>
    private void SendPings(int round, bool isToAll, in NodeContext context)
    {
        var ping = OwnPing();
        if (isToAll)
        {
            context.SendToAll(neighbors.All(), ping);
            return;
        }

        var all = neighbors.Vitals;
        for (var place = 0; place < all.Length; place++)
            if (all[place].PingRound == round) context.Send(neighbors.AddressAt(place), ping);
    }

    private Ping OwnPing()
    {
        var digest = messages.Digest;
        ref var pings = ref neighbors.Pings;
        if (pings.Ping is not null && pings.Said == digest) return pings.Ping;
        pings.Said = digest;
        return pings.Ping = new Ping(digest);
    }

    /// <summary>One object for all who ask, until this peer's links or its epoch change.</summary>
    private Pong OwnPong() =>
        neighbors.Answer ??= new Pong(NodeId, epoch, neighbors.Count, neighbors.Told());

    private void SetPingTimeout(NodeAddress about, long round, in NodeContext context) =>
        context.SetTimer(new ProtocolTimer(TimerKind.PingTimeout, about, round), options.PingTimeout);

    private void OnPing(NodeAddress from, int sender, Ping ping, in NodeContext context)
    {
        context.Send(from, OwnPong());
        if (ping.Digest is not { } digest) return;
        if (sender < 0) context.Send(from, new Disconnect());
        else if (digest != messages.Digest) OfferMessages(from, context);
    }

    private void OnPong(NodeAddress from, int sender, Pong pong, in NodeContext context)
    {
        Testify(from, pong, context);
        if (sender < 0) return;
        if (options.TellsPings) context.Report(new ProtocolEvent(EventKind.SignOfLifeHeard, from));
        ref var lastPong = ref neighbors.VitalsAt(sender).LastPong;
        if (ReferenceEquals(lastPong, pong)) return;
        lastPong = pong;
        if (neighbors.IsStill(sender, pong.NodeId, pong.Epoch)) return;
        // Another process answers there, or the same one as another member: this neighbor is no more.
        Drop(neighbors[sender], context);
        SeekLinks(context);
    }

    private void NoteSignOfLife(int place, in NodeContext context)
    {
        ref var vitals = ref neighbors.VitalsAt(place);
        vitals.LastHeard = context.Now;
        vitals.PingRound = 0;
        vitals.Misses = 0;
        if (vitals.IsSuspected) ClearSuspicion(place, context);
    }

    private void OnPingTimeout(ProtocolTimer timer, in NodeContext context)
    {
        var all = neighbors.Vitals;
        for (var place = all.Length - 1; place >= 0; place--)
        {
            ref var vitals = ref all[place];
            if (vitals.PingRound != timer.Round) continue;
            vitals.PingRound = 0;
            if (!IsTimely(vitals, context.Now)) continue;
            if (vitals.Misses < options.MissedPingsToSuspect) vitals.NoteMiss(context.Now);
            if (options.TellsMisses)
                context.Report(new ProtocolEvent(
                    EventKind.SignOfLifeMissed, neighbors.AddressAt(place), vitals.Misses));
            if (vitals.Misses >= options.MissedPingsToSuspect) OnMissedPings(place, context);
        }
    }

    /// <summary>A timeout handled late says as much about this loop as about the neighbor's.</summary>
    private bool IsTimely(in Vitals vitals, Instant now) =>
        !neighbors.Pings.IsLagging && !IsLongAfter(vitals.LastPinged + options.PingTimeout, now);

    /// <summary>Our choice: half of the time within which answers are expected.</summary>
    private bool IsLongAfter(Instant due, Instant now) => (now - due).Ticks > options.PingTimeout.Ticks / 2;

    /// <summary>
    /// A reset may come from a crash, or from a link that broke: it triggers one probe more, never a verdict.
    /// </summary>
    private void ProbeAfterReset(int place, in NodeContext context)
    {
        ref var vitals = ref neighbors.VitalsAt(place);
        if (!options.ProbesAfterReset || vitals.PingRound != 0) return;
        NotePing(place, ref vitals, ++neighbors.Pings.Number, context);
        context.Send(neighbors.AddressAt(place), OwnPing());
        SetPingTimeout(neighbors.AddressAt(place), neighbors.Pings.Number, context);
    }
}
