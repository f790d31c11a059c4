namespace GossipSim.Engine.Protocol;

// Liveness: whatever a neighbor sends is a sign of life; one that was silent for an interval is pinged, and three
// pings without an answer make it a suspect. Whose own loop lags mistrusts itself: its misses do not count
// (local health, after Lifeguard: Dadgar, Phillips, Currey, arXiv 1707.00788).
public sealed partial class Peer
{
    /// <summary>
    /// Our choice: how finely pings are timed. It adds an eighth of an interval to the time of detection.
    /// </summary>
    private const int TicksPerInterval = 8;

    private sealed partial class WorkInHand
    {
        public Instant LivenessDue { get; set; }

        public long PingRound { get; set; }

        public bool IsLagging { get; set; }

        /// <summary>What it says, in one object for all neighbors until that changes.</summary>
        public Ping? Ping { get; set; }

        public Pong? Pong { get; set; }
    }

    /// <summary>Who is never pinged is not watched either: nothing is noted of its signs of life.</summary>
    private bool WatchesNeighbors => PeerOptions.IsEver(options.PingInterval);

    private void StartLiveness(in NodeContext context) =>
        SetLivenessTimer(context.Random.NextTimeSpan(options.PingInterval), context);

    private void SetLivenessTimer(TimeSpan after, in NodeContext context)
    {
        Work.LivenessDue = context.Now + after;
        context.SetTimer(new ProtocolTimer(TimerKind.Liveness), after);
    }

    /// <summary>
    /// Pings each neighbor an interval after it was last heard or pinged, and comes back when the next is due; pings
    /// due within a fraction of the interval go out together.
    /// </summary>
    private void OnLivenessTimer(in NodeContext context)
    {
        var isLagging = context.Now - Work.LivenessDue > options.PingTimeout / 2;
        Work.IsLagging = isLagging;
        var together = options.PingInterval / TicksPerInterval;
        var next = options.PingInterval;
        var round = ++Work.PingRound;
        var hasPinged = false;
        for (var index = 0; index < neighbors.Count; index++)
        {
            var neighbor = neighbors[index];
            // Late itself, it cannot tell whose fault the silence is.
            if (isLagging) neighbor.PingRound = 0;
            if (neighbor.PingRound == 0 && PingDueIn(neighbor, context.Now) <= together)
            {
                SendPing(neighbor, round, context);
                hasPinged = true;
            }

            next = Shorter(next, PingDueIn(neighbor, context.Now));
        }

        if (hasPinged) SetPingTimeout(NodeAddress.None, round, context);
        SetLivenessTimer(next > together ? next : together, context);
    }

    private TimeSpan PingDueIn(Neighbor neighbor, Instant now)
    {
        var latest = neighbor.LastHeard > neighbor.LastPinged ? neighbor.LastHeard : neighbor.LastPinged;
        // This peer's clock was set back: how long ago it was is not known any more.
        if (latest > now) return TimeSpan.Zero;
        return Shorter(
            latest + options.PingInterval - now,
            neighbor.LastPinged + (options.PingBusyEvery * options.PingInterval) - now);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void SendPing(Neighbor neighbor, long round, in NodeContext context)
    {
        neighbor.PingRound = round;
        neighbor.LastPinged = context.Now;
        context.Send(neighbor.Address, OwnPing());
    }

    private Ping OwnPing()
    {
        var digest = messages.Digest;
        return Work.Ping is { } last && last.Digest == digest ? last : Work.Ping = new Ping(digest);
    }

    /// <summary>Whenever the links change there is another array of them to tell.</summary>
    private Pong OwnPong()
    {
        var told = neighbors.Told();
        return Work.Pong is { } last && last.Epoch == epoch && ReferenceEquals(last.Neighbors, told)
            ? last
            : Work.Pong = new Pong(nodeId, epoch, neighbors.Count, told);
    }

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
        var neighbor = neighbors[sender];
        neighbor.Neighbors = pong.Neighbors;
        // Another process answers there, or the same one as another member: this neighbor is no more.
        if (pong.NodeId == neighbor.NodeId && pong.Epoch == neighbor.Epoch) return;
        Drop(neighbor, context);
        SeekLinks(context);
    }

    private static void NoteSignOfLife(Neighbor neighbor, in NodeContext context)
    {
        neighbor.LastHeard = context.Now;
        neighbor.PingRound = 0;
        neighbor.Misses = 0;
        if (neighbor.Suspicion is null) return;
        neighbor.Suspicion = null;
        context.Report(new ProtocolEvent(EventKind.SuspicionCleared, neighbor.Address, neighbor.Epoch));
    }

    private void OnPingTimeout(ProtocolTimer timer, in NodeContext context)
    {
        for (var index = neighbors.Count - 1; index >= 0; index--)
        {
            var neighbor = neighbors[index];
            if (neighbor.PingRound != timer.Round) continue;
            neighbor.PingRound = 0;
            if (!IsTimely(neighbor, context.Now)) continue;
            neighbor.Misses++;
            if (neighbor.Misses >= options.MissedPingsToSuspect) OnMissedPings(neighbor, context);
        }
    }

    /// <summary>A timeout handled late says as much about this loop as about the neighbor's.</summary>
    private bool IsTimely(Neighbor neighbor, Instant now)
    {
        var late = now - neighbor.LastPinged - options.PingTimeout;
        return !Work.IsLagging && late <= options.PingTimeout / 2;
    }

    /// <summary>
    /// A reset may come from a crash, or from a link that broke: it triggers one probe more, never a verdict.
    /// </summary>
    private void ProbeAfterReset(Neighbor neighbor, in NodeContext context)
    {
        if (neighbor.PingRound != 0) return;
        SendPing(neighbor, ++Work.PingRound, context);
        SetPingTimeout(neighbor.Address, neighbor.PingRound, context);
    }
}
