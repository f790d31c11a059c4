using System.IO.Compression;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Graphs;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Graphs;

internal sealed class LimitedInputTests
{
    [Test]
    public void All_that_is_allowed_is_read()
    {
        using var limited = new LimitedInput(
            new MemoryStream(new byte[5]), mostBytes: 5, packed: null, new InputSource("five"));

        Assert.That(limited.ReadAtLeast(new byte[9], 9, throwOnEndOfStream: false), Is.EqualTo(5));
    }

    [Test]
    public void Of_lines_that_never_end_no_more_is_read_than_is_allowed()
    {
        using var endless = new RepeatedText("#", "\n#", mostBytes: 1 << 20);
        using var limited = new StreamReader(
            new LimitedInput(endless, mostBytes: 10_000, packed: null, new InputSource("standard input")));

        Assert.That(
            () => limited.ReadToEnd(),
            Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
                "standard input: there is more than the 10000 bytes that are allowed"));
    }

    [Test]
    public void A_small_packed_file_that_unfolds_without_bound_is_refused()
    {
        var packed = new MemoryStream();
        using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var block = new byte[1 << 20];
            block.AsSpan().Fill((byte)'\n');
            for (int time = 0; time < 70; time++) zip.Write(block);
        }

        packed.Position = 0;
        Assert.That(
            () => GraphFile.Read(packed, "edges.gz"),
            Throws.TypeOf<ScenarioException>().With.Message.StartsWith(
                "edges.gz: it unfolds to more than 100 times its size; unpack it with gunzip"));
    }

    [Test]
    public void Nodes_and_edges_have_limits()
    {
        var limits = new GraphLimits(MostBytes: 100, MostNodes: 3, MostEdges: 2);
        var graph = new GraphBuilder(new InputSource("g"), limits);
        graph.Edge("a", "b", line: 1);
        graph.Edge("b", "3", line: 2);

        Assert.That(
            () => graph.Edge("a", "3", line: 3),
            Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
                "g:3: there are more edges than the 2 that are allowed"));
        Assert.That(
            () => graph.Node("d", line: 4),
            Throws.TypeOf<ScenarioException>().With.Message.EqualTo(
                "g:4: there are more nodes than the 3 that are allowed"));
    }
}
