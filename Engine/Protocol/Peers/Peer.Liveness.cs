namespace GossipSim.Engine.Protocol;

// Liveness: whatever a neighbor sends is a sign of life; one that was silent for an interval is pinged, and three
// pings without an answer make it a suspect. Whose own loop lags mistrusts itself: its misses do not count
// (local health, after Lifeguard: Dadgar, Phillips, Currey, arXiv 1707.00788).
public sealed partial class Peer
{
    /// <summary>
    /// Our choice: busy links are pinged too, every fifth interval, because pings carry the gossip digest.
    /// </summary>
    private const int DigestEvery = 5;

    /// <summary>
    /// Our choice: how finely pings are timed. It adds an eighth of an interval to the time of detection.
    /// </summary>
    private const int TicksPerInterval = 8;

    private Instant livenessDue;
    private long pingRound;
    private bool isLagging;
    private Ping? digestPing;

    private void StartLiveness(in NodeContext context) =>
        SetLivenessTimer(context.Random.NextTimeSpan(options.PingInterval), context);

    private void SetLivenessTimer(TimeSpan after, in NodeContext context)
    {
        livenessDue = context.Now + after;
        context.SetTimer(new ProtocolTimer(TimerKind.Liveness), after);
    }

    /// <summary>
    /// Pings each neighbor an interval after it was last heard or pinged, and comes back when the next is due; pings
    /// due within a fraction of the interval go out together.
    /// </summary>
    private void OnLivenessTimer(in NodeContext context)
    {
        isLagging = context.Now - livenessDue > options.PingTimeout / 2;
        var together = options.PingInterval / TicksPerInterval;
        var next = options.PingInterval;
        var round = ++pingRound;
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
            latest + options.PingInterval - now, neighbor.LastPinged + (DigestEvery * options.PingInterval) - now);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private void SendPing(Neighbor neighbor, long round, in NodeContext context)
    {
        neighbor.PingRound = round;
        neighbor.LastPinged = context.Now;
        var digest = messages.Digest;
        if (digestPing?.Digest != digest) digestPing = new Ping(digest);
        context.Send(neighbor.Address, digestPing);
    }

    private void SetPingTimeout(NodeAddress about, long round, in NodeContext context) =>
        context.SetTimer(new ProtocolTimer(TimerKind.PingTimeout, about, round), options.PingTimeout);

    private void OnPing(NodeAddress from, Ping ping, in NodeContext context)
    {
        context.Send(from, new Pong(start.NodeId, epoch, neighbors.Count, neighbors.Told()));
        if (ping.Digest is not { } digest) return;
        if (neighbors.Find(from) is null) context.Send(from, new Disconnect());
        else if (digest != messages.Digest) OfferMessages(from, context);
    }

    private void OnPong(NodeAddress from, Pong pong, in NodeContext context)
    {
        Testify(from, pong, context);
        if (neighbors.Find(from) is not { } neighbor) return;
        neighbor.Neighbors = pong.Neighbors;
        // Another process answers there, or the same one as another member: this neighbor is no more.
        if (pong.NodeId == neighbor.NodeId && pong.Epoch == neighbor.Epoch) return;
        Drop(neighbor, context);
        SeekLinks(context);
    }

    private void NoteSignOfLife(NodeAddress from, in NodeContext context)
    {
        if (neighbors.Find(from) is not { } neighbor) return;
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
        return !isLagging && late <= options.PingTimeout / 2;
    }

    /// <summary>
    /// A reset may come from a crash, or from a link that broke: it triggers one probe more, never a verdict.
    /// </summary>
    private void ProbeAfterReset(Neighbor neighbor, in NodeContext context)
    {
        if (neighbor.PingRound != 0) return;
        SendPing(neighbor, ++pingRound, context);
        SetPingTimeout(neighbor.Address, neighbor.PingRound, context);
    }
}
