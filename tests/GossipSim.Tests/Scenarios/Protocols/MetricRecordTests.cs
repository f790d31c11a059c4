using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Protocols;

[TestFixture]
internal sealed class MetricRecordTests
{
    private static readonly Metric load = new("load", "requests");
    private static readonly NodeAddress a = NodeAddress.Parse("127.0.0.1:7000");
    private static readonly NodeAddress b = NodeAddress.Parse("127.0.0.1:7001");

    [Test]
    public void Each_second_shows_what_the_running_nodes_reported_last()
    {
        var record = new MetricRecord([load]);
        Tell(record, a, 0, new ProtocolEvent(EventKind.ProcessStarted));
        Tell(record, b, 0, new ProtocolEvent(EventKind.ProcessStarted));
        Tell(record, a, 0.5, load.Is(10));

        record.MarkScenarioStart(Instant.FromSeconds(1));
        Tell(record, b, 2, load.Is(2));
        Tell(record, b, 2.5, load.Is(4));
        Tell(record, a, 3.5, new ProtocolEvent(EventKind.ProcessCrashed));
        Tell(record, a, 3.7, load.Is(99));   // the last words of the dead
        record.MarkEnd(Instant.FromSeconds(4.2));

        var series = record.Series.Single();
        Assert.That(
            series.Samples.Select(sample => sample.Seconds), Is.EqualTo(new[] { 0, 1, 2, 3, 3.2 }).Within(1e-9));
        Assert.That(series.Samples.Select(sample => sample.Nodes), Is.EqualTo(new[] { 1, 2, 2, 1, 1 }));
        Assert.That(series.Samples.Select(sample => sample.Mean), Is.EqualTo(new[] { 10, 6, 7, 4, 4.0 }));
        Assert.That(series.Samples[2].Deviation, Is.EqualTo(3));
        Assert.That(series.Summarize(), Is.EqualTo(
            new MetricSummary { Last = 4, Min = 2, Max = 10, Mean = 31 / 5.0, Spread = 0 }));
    }

    [Test]
    public void What_nobody_reported_has_no_figures() =>
        Assert.That(new MetricRecord([load]).Series.Single().Summarize(), Is.EqualTo(new MetricSummary()));

    [TestCase("")]
    [TestCase("Load")]
    [TestCase("../load")]
    [TestCase("load balance")]
    public void A_name_is_letters_and_digits(string name) =>
        Assert.That(() => new Metric(name, "requests"), Throws.ArgumentException);

    private static void Tell(MetricRecord record, NodeAddress node, double seconds, in ProtocolEvent e) =>
        record.Observe(node, Instant.FromSeconds(seconds), e);
}
