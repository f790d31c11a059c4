using System.Globalization;

namespace GossipSim.Engine.Protocol;

/// <summary>
/// A moment in whole microseconds since the run began, on the clock of whoever asks (nodes share no clock).
/// </summary>
public readonly record struct Instant(long Microseconds) : IComparable<Instant>
{
    public static readonly Instant Zero;

    public double TotalSeconds => Microseconds / 1e6;

    public static Instant FromSeconds(double seconds) => new((long)Math.Round(seconds * 1e6));

    public int CompareTo(Instant other) => Microseconds.CompareTo(other.Microseconds);

    public override int GetHashCode() => (int)(Microseconds ^ (Microseconds >> 32));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{TotalSeconds:F6}s");

    public static Instant operator +(Instant from, TimeSpan span) =>
        new(from.Microseconds + (span.Ticks / TimeSpan.TicksPerMicrosecond));

    public static TimeSpan operator -(Instant later, Instant earlier) =>
        new((later.Microseconds - earlier.Microseconds) * TimeSpan.TicksPerMicrosecond);

    public static bool operator <(Instant left, Instant right) => left.Microseconds < right.Microseconds;

    public static bool operator >(Instant left, Instant right) => left.Microseconds > right.Microseconds;

    public static bool operator <=(Instant left, Instant right) => left.Microseconds <= right.Microseconds;

    public static bool operator >=(Instant left, Instant right) => left.Microseconds >= right.Microseconds;
}
