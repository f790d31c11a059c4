using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What weather keeps from leaving on one connection: a message that is lost and has to be sent again, with all behind
/// it, and what takes its time on a narrow link. One message is held here; the others wait in the outbox and count
/// there. One timer serves all of them. Its methods are called under the connection's lock.
/// </summary>
/// <param name="pump">Called when something may leave that could not before.</param>
internal sealed class Departures(ProcessWire wire, NodeAddress to, Action pump)
{
    /// <summary>DESIGN section 3: as Linux, and doubled each time.</summary>
    private const long FirstRetransmission = 200_000;

    private const int RetransmissionLimit = 5;

    private Timer? timer;
    private ReadOnlyMemory<byte> held;
    private bool isLost;
    private int retransmissions;
    private long next;          // when it is sent again, or has left, in microseconds
    private long busyUntil;     // what left last took the link until then, in nanoseconds
    private bool isResting = true;
    private int spared;

    public bool AreHeldUp => !held.IsEmpty;

    /// <summary>Sent too often in vain: the link is broken.</summary>
    public bool AreGivenUp { get; private set; }

    /// <summary>The message that leaves now; nothing when there is none, or none may.</summary>
    public ReadOnlyMemory<byte> Take(Outbox outbox)
    {
        if (AreGivenUp) return default;
        var now = wire.Now;
        if (held.IsEmpty && !TryHold(outbox, now)) return default;
        if (isLost) SendAgain(outbox, now);
        if (AreGivenUp) return default;
        if (next > now)
        {
            timer ??= new Timer(_ => pump(), null, Timeout.Infinite, Timeout.Infinite);
            timer.Change(Milliseconds.UpTo(next - now), Timeout.Infinite);
            return default;
        }

        var line = held;
        held = default;
        return line;
    }

    /// <summary>The weather is fine, and the link free.</summary>
    public void Rest() => (isResting, spared) = (true, 0);

    public void End() => timer?.Dispose();

    private bool TryHold(Outbox outbox, long now)
    {
        byte[]? buffer = null;
        held = outbox.Take(ref buffer, writeBytes: 0, out _);
        if (held.IsEmpty)
        {
            isResting = true;
            return false;
        }

        isLost = spared == 0 && wire.Weather.LosesTo(to);
        if (spared > 0) spared--;
        if (isLost) (retransmissions, next) = (0, now + FirstRetransmission);
        else Begin(now, isResting ? now * 1000 : busyUntil);
        isResting = false;
        return true;
    }

    private void SendAgain(Outbox outbox, long now)
    {
        while (isLost && next <= now)
        {
            isLost = wire.Weather.LosesTo(to);
            if (!isLost)
            {
                // What has gathered meanwhile goes out together with it, unless the link is too narrow for that.
                if (wire.Weather.BytesPerSecondTo(to) == 0) spared = outbox.Count;
                Begin(next, next * 1000);
            }
            else if (++retransmissions == RetransmissionLimit)
            {
                AreGivenUp = true;
                return;
            }
            else
            {
                next += FirstRetransmission << retransmissions;
            }
        }
    }

    /// <summary>It takes the link for its bytes' time, from the end of the one before if it waited for that.</summary>
    private void Begin(long now, long earliest)
    {
        var bytesPerSecond = wire.Weather.BytesPerSecondTo(to);
        if (bytesPerSecond == 0)
        {
            (next, busyUntil) = (now, earliest);
            return;
        }

        busyUntil = Math.Max(busyUntil, earliest) + (long)Math.Ceiling(held.Length * 1e9 / bytesPerSecond);
        next = (busyUntil + 999) / 1000;
    }
}
