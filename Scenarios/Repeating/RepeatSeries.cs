using GossipSim.Scenarios.Files;

namespace GossipSim.Scenarios.Repeating;

/// <summary>
/// Runs of one scenario with one random seed after the other. In the simulator they run side by side, on TCP, where
/// they would take each other's ports and time, one by one.
/// </summary>
/// <param name="threads">Of each simulation.</param>
/// <param name="isStrict">Whether warnings fail a run.</param>
internal sealed class RepeatSeries(
    Scenario scenario, Func<long, string> repeatCommand, int threads, RepeatProgress progress, bool isStrict = false)
{
    private readonly List<Repeat> done = [];

    /// <summary>In the order of their random seeds.</summary>
    public IReadOnlyList<Repeat> Done => done;

    /// <summary>When it is cancelled, runs that were not over are missing.</summary>
    public async Task RunAsync(IReadOnlyList<long> randomSeeds, CancellationToken cancel)
    {
        var made = new Repeat?[randomSeeds.Count];
        var sideBySide = scenario.Runtime == RuntimeKind.Tcp
            ? 1
            : Math.Max(1, Environment.ProcessorCount / threads);
        await Parallel.ForAsync(
            0, made.Length, new ParallelOptions { MaxDegreeOfParallelism = sideBySide },
            async (index, _) => made[index] = await RunOnceAsync(randomSeeds[index], cancel));
        done.AddRange(made.OfType<Repeat>());
    }

    private async Task<Repeat?> RunOnceAsync(long randomSeed, CancellationToken cancel)
    {
        if (cancel.IsCancellationRequested) return null;
        await Task.Yield();
        var result = await UnkeptRun.RunAsync(
            scenario with { RandomSeed = randomSeed }, repeatCommand(randomSeed), threads, cancel, isStrict);
        if (result.Ending.Cancelled) return null;
        var repeat = Repeat.Of(result);
        progress.Note(repeat);
        return repeat;
    }
}
