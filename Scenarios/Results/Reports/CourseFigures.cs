using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>The figure of a run on the clock of its scenario.</summary>
internal static class CourseFigures
{
    /// <summary>Null of a run whose scenario never began.</summary>
    public static Figure? Compose(RunMeasurements measurements)
    {
        var record = measurements.Record;
        var end = record.SecondsAt(record.End);
        return !record.HasStarted || end <= 0 ? null : ScenarioCourseFigure.Create(
            [.. measurements.Messages.Select(CourseOf)], record.Course.Members, record.Course.Marks, end);
    }

    /// <summary>A peer that started after the publication may get a message too, so there is a largest share.</summary>
    private static CourseMessage CourseOf(MessageMeasure measure)
    {
        var peers = Math.Max(1, measure.Message.LivePeersThen);
        double Share(int receipts) => Math.Min(1, (1.0 + receipts) / peers);
        return new CourseMessage(
            measure.PublishedSeconds, Share(measure.Deliveries - measure.Recovered), Share(measure.Deliveries),
            measure.LatencyMs.P50, measure.LatencyMs.P90);
    }
}
