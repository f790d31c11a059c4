using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>A story told to a record, and measured at its end.</summary>
internal sealed class RecordedRun
{
    public RecordedRun(RunFacts? facts = null)
    {
        Record = new RunRecord(facts ?? RunStory.Facts);
        Story = new RunStory(Record);
    }

    public RunRecord Record { get; }

    public RunStory Story { get; }

    /// <summary>Seed nodes up, and peers 7000 on in a line of links, at time 0.</summary>
    public static RecordedRun WithLineOf(int peers, RunFacts? facts = null)
    {
        var run = new RecordedRun(facts);
        run.Story.At(0).StartSeedNodes();
        for (var i = 0; i < peers; i++) run.Story.Join(7000 + i);
        for (var i = 1; i < peers; i++) run.Story.Link(6999 + i, 7000 + i);
        run.Record.MarkScenarioStart(Instant.Zero);
        return run;
    }

    public RunMeasurements MeasureAt(double seconds)
    {
        Record.MarkEnd(Instant.FromSeconds(seconds));
        return RunMeasurements.Of(Record, MeasurementOptions.Least);
    }

    public static RunEnding Ending => new()
    {
        Performance = new PerformanceSummary
        {
            Events = 1000, WallSeconds = 0.5, EventsPerSecond = 2000,
            PeakRssBytes = 100_000_000, RssPerPeerBytes = 5000,
        },
        Invariants = [],
        RepeatCommand = "dotnet run --project Scenarios -- story.json --random-seed 42",
    };
}
