using System.Text.Json;

namespace GossipSim.Scenarios.Pages;

/// <summary>Latencies in bins, 20 for each factor of ten from 1 microsecond on: as exact as a page draws.</summary>
internal sealed class LatencyBins
{
    public const int Count = 181;

    private const int PerDecade = 20;

    private const int OfOneMillisecond = 60;

    private readonly long[] bins = new long[Count];

    public static int BinOf(double milliseconds) => milliseconds <= 0
        ? 0 : Math.Clamp((int)Math.Floor(PerDecade * Math.Log10(milliseconds)) + OfOneMillisecond, 0, Count - 1);

    public void Add(int bin) => bins[bin]++;

    public LatencyBins Copy()
    {
        var copy = new LatencyBins();
        bins.CopyTo(copy.bins, 0);
        return copy;
    }

    public void Clear() => Array.Clear(bins);

    /// <summary>The bins that are not empty, as an array of bin, count, bin, count and so on.</summary>
    public void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartArray(name);
        for (var bin = 0; bin < Count; bin++)
        {
            if (bins[bin] == 0) continue;
            json.WriteNumberValue(bin);
            json.WriteNumberValue(bins[bin]);
        }

        json.WriteEndArray();
    }
}
