using System.Collections.Frozen;
using GossipSim.Engine.Protocol;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What the network does now to what passes between one node and the others. It belongs to the node's machine: its next
/// process has the same.
/// </summary>
internal sealed class Weather
{
    private const ulong LossStream = 0x6C6F737374637001UL;
    private const ulong JitterStream = 0x6A69747463700001UL;
    private const ulong CorruptStream = 0x636F727274637001UL;

    private readonly NodeAddress self;
    private readonly WayLatency? latency;
    private readonly (ulong Loss, ulong Jitter, ulong Corrupt) keys;
    private long draws;
    private volatile Report now;

    /// <param name="latency">How long every way takes by itself; null: as long as it does on this machine.</param>
    public Weather(NodeAddress self, ulong randomSeed, WayLatency? latency, LinkWeather everywhere)
    {
        (this.self, this.latency) = (self, latency);
        keys = (KeyOf(LossStream), KeyOf(JitterStream), KeyOf(CorruptStream));
        now = new Report(everywhere, everywhere);

        ulong KeyOf(ulong stream) => Mix64.Of(randomSeed, stream, self.Packed);
    }

    private sealed record Report(LinkWeather To, LinkWeather From)
    {
        public FrozenDictionary<NodeAddress, NeighborWeather>? Others { get; init; }

        public bool HoldsUp { get; init; } = HoldsBack(To);

        public bool Delays { get; init; } = From.AddedLatencyMs > 0 || To.AddedLatencyMs > 0;

        public bool Damages { get; init; } = From.CorruptProbability > 0;

        public static bool HoldsBack(LinkWeather to) => to.LossProbability > 0 || to.BytesPerSecond > 0;
    }

    /// <summary>Whether something that leaves may be kept from it.</summary>
    public bool HoldsUp => now.HoldsUp;

    /// <summary>Whether anything takes longer than the machine itself.</summary>
    public bool Delays => latency is not null || now.Delays;

    public void Set(NodeWeather weather)
    {
        var (to, from, others) = weather;
        var report = new Report(to, from);
        now = others.Count == 0 ? report : report with
        {
            Others = others.ToFrozenDictionary(each => each.Other),
            HoldsUp = report.HoldsUp || others.Any(each => Report.HoldsBack(each.To)),
            Delays = report.Delays || others.Any(each => each.To.AddedLatencyMs + each.From.AddedLatencyMs > 0),
            Damages = report.Damages || others.Any(each => each.From.CorruptProbability > 0),
        };
    }

    public long BytesPerSecondTo(NodeAddress other) => To(other).BytesPerSecond;

    /// <summary>Draws whether a transmission is lost.</summary>
    public bool LosesTo(NodeAddress other) => Strikes(To(other).LossProbability, keys.Loss, other);

    /// <summary>Draws whether a message arrives damaged.</summary>
    public bool DamagesFrom(NodeAddress other) =>
        now.Damages && Strikes(From(other).CorruptProbability, keys.Corrupt, other);

    /// <summary>Draws how long a message from there is under way, in microseconds.</summary>
    public long LatencyFrom(NodeAddress other) =>
        Way(other, self, From(other), latency is null ? 0 : Draw(keys.Jitter, other));

    /// <summary>The least that a question and its answer are under way, in microseconds.</summary>
    /// <param name="other">None, for who has not said who it is: it answers at once, as far as anybody knows.</param>
    public long RoundTrip(NodeAddress other) => other.IsNone
        ? 0
        : Way(self, other, To(other), unit: 0) + Way(other, self, From(other), unit: 0);

    private long Way(NodeAddress from, NodeAddress to, LinkWeather weather, double unit)
    {
        var added = (long)(weather.AddedLatencyMs * 1000);
        return latency is null ? added : added + (latency(from, to, unit).Ticks / TimeSpan.TicksPerMicrosecond);
    }

    private bool Strikes(double probability, ulong key, NodeAddress other) =>
        probability > 0 && Draw(key, other) < probability;

    /// <summary>Each draw of a process is another one, whichever connection it is for.</summary>
    private double Draw(ulong key, NodeAddress other) =>
        Mix64.ToUnit(Mix64.Of(key, other.Packed, (ulong)Interlocked.Increment(ref draws)));

    private LinkWeather To(NodeAddress other)
    {
        var report = now;
        return report.Others is { } others && others.TryGetValue(other, out var its) ? its.To : report.To;
    }

    private LinkWeather From(NodeAddress other)
    {
        var report = now;
        return report.Others is { } others && others.TryGetValue(other, out var its) ? its.From : report.From;
    }
}
