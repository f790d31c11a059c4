using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

internal sealed class WriterThreadTests
{
    [Test]
    public void Everything_is_written_in_the_order_of_the_reports()
    {
        var written = new List<long>();
        using var writer = new WriterThread(new Heard(e => written.Add(e.Number)), sample: null, () => { });

        for (var i = 0; i < 100_000; i++)
        {
            writer.Report(i, RunStory.Address(7000), new Instant(i), new ProtocolEvent(EventKind.Joined, Number: i));
            if (i == 70_000) writer.Between(() => written.Add(-1));
        }

        writer.Complete();
        Assert.That(written, Has.Count.EqualTo(100_001));
        Assert.That(written[70_001], Is.EqualTo(-1));
        Assert.That(written.Where(n => n >= 0), Is.Ordered);
    }

    [Test]
    public void A_failure_to_write_is_told_at_the_end_and_blocks_nobody()
    {
        using var writer = new WriterThread(
            new Heard(_ => throw new IOException("the disk is full")), sample: null, () => { });

        for (var i = 0; i < 200_000; i++)
            writer.Report(i, RunStory.Address(7000), new Instant(i), new ProtocolEvent(EventKind.Joined));

        Assert.That(writer.Complete, Throws.TypeOf<IOException>().With.Message.EqualTo("the disk is full"));
    }

    private sealed class Heard(Action<ProtocolEvent> hear) : ILogWriter
    {
        public void Write(long seq, NodeAddress node, Instant now, in ProtocolEvent protocolEvent) =>
            hear(protocolEvent);
    }
}
