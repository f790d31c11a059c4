using System.Diagnostics;

namespace GossipSim.RealNet;

/// <summary>Relates the wall clock to the monotonic clock by which nodes count time.</summary>
public static class WallClock
{
    /// <summary>A thread may lose its core between two readings; the pair that was read fastest counts.</summary>
    private const int Readings = 16;

    /// <summary>
    /// The time stamp (<see cref="Stopwatch"/>) of a moment, for <see cref="RealNetworkOptions.ClockZero"/>: nodes with
    /// clocks of their own then show the same time, however long each process took to start.
    /// </summary>
    /// <param name="moment">Taken to the millisecond below, as the timestamps in ids count from it.</param>
    public static long StampAt(DateTimeOffset moment)
    {
        var (now, stamp) = Read();
        var since = now - DateTimeOffset.FromUnixTimeMilliseconds(moment.ToUnixTimeMilliseconds());
        return stamp - (long)Math.Round(since.TotalSeconds * Stopwatch.Frequency);
    }

    private static (DateTimeOffset Now, long Stamp) Read()
    {
        var (best, shortest) = ((DateTimeOffset.UtcNow, Stopwatch.GetTimestamp()), long.MaxValue);
        for (var reading = 0; reading < Readings; reading++)
        {
            var before = Stopwatch.GetTimestamp();
            var now = DateTimeOffset.UtcNow;
            var took = Stopwatch.GetTimestamp() - before;
            if (took < shortest) (best, shortest) = ((now, before + (took / 2)), took);
        }

        return best;
    }
}
