using System.Diagnostics;
using System.Globalization;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Repeating;

/// <summary>Tells how repeating goes on; runs note themselves from any thread.</summary>
/// <param name="most">How many runs there will be, unless a precision is reached sooner.</param>
internal sealed class RepeatProgress(int most, TextWriter messages)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private TimeSpan toldAt;
    private int done;

    public double Seconds => watch.Elapsed.TotalSeconds;

    /// <param name="which">Names the run; null: its random seed does.</param>
    public void Note(Repeat repeat, string? which = null)
    {
        lock (gate)
        {
            done++;
            if (repeat.Trouble is { } trouble)
                messages.WriteLine($"{which ?? $"random seed {repeat.RandomSeed}"}: {trouble}");
            if (watch.Elapsed - toldAt < Interval || done == most) return;
            toldAt = watch.Elapsed;
            var left = Seconds / done * (most - done);
            messages.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{done:N0} of {most:N0} runs, {Numbers.Seconds(Seconds / done)} each, about {left:N0} s left"));
        }
    }
}
