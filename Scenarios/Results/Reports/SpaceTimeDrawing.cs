using GossipSim.Analysis;

namespace GossipSim.Scenarios.Results;

/// <summary>Chooses the message to draw in space and time, and composes the drawing.</summary>
internal static class SpaceTimeDrawing
{
    /// <summary>Null in a run too large to keep who got what from whom, and where nothing was received.</summary>
    public static Figure? Compose(RunMeasurements measurements)
    {
        var candidates = measurements.Messages.Where(m => m.Message.Senders.Length > 0).ToList();
        if (candidates.Count == 0) return null;
        var (chosen, why) = Choose(candidates, measurements);
        var published = chosen.Message.PublishedAt!.Value;
        var receipts = new List<DrawnReceipt>();
        for (var i = 0; i < chosen.Message.Receipts.Length; i++)
        {
            var receipt = chosen.Message.Receipts[i];
            receipts.Add(new DrawnReceipt(
                receipt.Node, chosen.Message.Senders[i], (receipt.At - published).TotalMilliseconds, receipt.Hops));
        }

        var last = receipts.Max(receipt => receipt.Ms);
        var crashMs = measurements.Crashes.Select(crash => 1000 * (crash.AtSeconds - chosen.PublishedSeconds))
            .Where(ms => ms >= 0 && ms <= last).Select(ms => (double?)ms).FirstOrDefault();
        return SpaceTimeFigure.Create(chosen.Message.Id, why, chosen.Message.Origin, receipts, crashMs);
    }

    private static (MessageMeasure Message, string Why) Choose(
        List<MessageMeasure> candidates, RunMeasurements measurements)
    {
        if (measurements.Crashes.Count > 0)
        {
            var crash = measurements.Crashes[0].AtSeconds;
            var spreading = candidates.Find(m => m.PublishedSeconds <= crash
                && crash <= m.PublishedSeconds + (m.LatencyMs.Max / 1000));
            if (spreading is not null) return (spreading, "which was spreading when the first peer crashed");
            if (candidates.Find(m => m.PublishedSeconds > crash) is { } next)
                return (next, "the first one published after the first crash");
        }

        var byDuration = candidates.OrderBy(m => m.LatencyMs.Max).ThenBy(m => m.PublishedSeconds).ToList();
        return (byDuration[byDuration.Count / 2], "the median one by how long it took to everybody");
    }
}
