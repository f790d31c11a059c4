using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Hosting;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What the network does to what passes here, where it is worse than this machine's own. Nothing here is made before
/// it is needed.
/// </summary>
internal sealed partial class Connection
{
    private Arrivals? arrivals;
    private Departures? departures;

    /// <summary>Whether something of the link's waits here, on no outbox's account.</summary>
    private bool IsHeldUp => departures is { AreHeldUp: true };

    /// <summary>How much longer than on this machine the other end's answer may take.</summary>
    private TimeSpan MoreTime => wire.Weather.Delays
        ? TimeSpan.FromMicroseconds(wire.Weather.RoundTrip(claim?.Address ?? Other))
        : TimeSpan.Zero;

    /// <summary>What the other end did reaches the node, as long after it as the way takes.</summary>
    private void Arrive(in Work work)
    {
        if ((arrivals is null && !wire.Weather.Delays) || Other.IsNone) wire.Mailbox.Post(work);
        else NeedArrivals().Add(work, wire.Weather.LatencyFrom(Other));
    }

    private void ArriveMessage(Message message, int hops)
    {
        if (wire.Weather.DamagesFrom(Other)) Refuse(Refusal.DamagedOnTheWay);
        else Arrive(new Work(WorkKind.Received, this, message, hops));
    }

    /// <summary>What this end did itself takes no time; what is still under way comes to nothing.</summary>
    private void ArriveEnd()
    {
        if (Volatile.Read(ref aborted)) wire.Mailbox.Post(new Work(WorkKind.Ended, this));
        else if (IsDialed && Hello is null) ArriveNoAnswer();   // who accepts and resets at once is not there either
        else Arrive(new Work(WorkKind.Ended, this));
    }

    /// <summary>Nobody is there: that is known when the dial's answer is back.</summary>
    private void ArriveNoAnswer()
    {
        if (!wire.Weather.Delays || Volatile.Read(ref aborted)) wire.Mailbox.Post(new Work(WorkKind.Ended, this));
        else NeedArrivals().Add(new Work(WorkKind.Ended, this), wire.Weather.RoundTrip(Target));
    }

    /// <summary>The claim is heard when it has come all the way; until then its sender says nothing more.</summary>
    private Task ComeFromAsync(NodeAddress claimed) => wire.Weather.Delays
        ? Task.WhenAny(Task.Delay(TimeSpan.FromMicroseconds(wire.Weather.LatencyFrom(claimed))), AbortAsync())
        : Task.CompletedTask;

    /// <summary>Under the lock: what leaves next of what waits in the link's outbox.</summary>
    private ReadOnlyMemory<byte> TakeWaiting(Outbox waiting, ref byte[]? buffer, out int count)
    {
        if (!IsHeldUp && !wire.Weather.HoldsUp)
        {
            departures?.Rest();
            return waiting.Take(ref buffer, wire.Limits.WriteBytes, out count);
        }

        var line = (departures ??= new Departures(wire, Other, Pump)).Take(waiting);
        count = line.IsEmpty ? 0 : 1;
        // An end that comes behind what waits has its time from then on.
        if (closingSince != Never) closingSince = wire.Now;
        return line;
    }

    private Arrivals NeedArrivals()
    {
        if (Volatile.Read(ref arrivals) is { } made) return made;
        lock (gate) return arrivals ??= new Arrivals(wire);
    }

    /// <summary>With an abort: nothing leaves or arrives any more.</summary>
    private void EndWeather()
    {
        Volatile.Read(ref arrivals)?.End();
        lock (gate) departures?.End();
    }
}
