using GossipSim.Scenarios.CommandLine;
using GossipSim.Tests.Scenarios.Graphs;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.CommandLine;

internal sealed class LimitedStreamTests
{
    [Test]
    public void All_that_is_allowed_is_read()
    {
        using var limited = new LimitedStream(new MemoryStream(new byte[5]), mostBytes: 5, "five");

        Assert.That(limited.ReadAtLeast(new byte[9], 9, throwOnEndOfStream: false), Is.EqualTo(5));
    }

    [Test]
    public void Of_lines_that_never_end_no_more_is_read_than_is_allowed()
    {
        using var endless = new RepeatedText("#", "\n#", mostBytes: 1 << 20);
        using var limited = new StreamReader(new LimitedStream(endless, mostBytes: 10_000, "standard input"));

        Assert.That(
            () => limited.ReadToEnd(),
            Throws.TypeOf<UsageException>().With.Message.EqualTo(
                "standard input: there is more than the 10000 bytes that are allowed"));
    }
}
