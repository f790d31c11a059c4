using GossipSim.Tests.Scenarios.Results;
using GossipSim.Tests.Scenarios.Running;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>Document 003 by hand: three seed nodes and ten peers, each started by a command of its own.</summary>
[TestFixture]
internal sealed class ThirteenProcessesTests
{
    private const int Peers = 10;

    [Test]
    public async Task They_find_each_other_gossip_and_survive_kills_of_a_peer_and_a_seed_node_that_come_back()
    {
        using var folder = new TemporaryFolder();
        var first = FreePorts.Take(3 + Peers);
        File.WriteAllText(
            folder["config.txt"],
            $"# seeds\r\n127.0.0.1:{first}\r\n\r\n127.0.0.1,{first + 1}\r\nlocalhost:{first + 2}");
        var nodes = new Dictionary<int, NodeProgram>();
        try
        {
            for (var port = first; port < first + 3 + Peers; port++)
                nodes[port] = Start(folder, port < first + 3 ? "seed" : "peer", port);
            await AssertFormedAsync(nodes, first);

            var (victim, witness) = (first + 5, first + 6);
            nodes[victim].Kill();
            await UntilAllAsync(nodes, first, 3, $"CONFIRMED REMOVAL: 127.0.0.1:{victim}");
            nodes[first + 1].Kill();
            nodes[victim].Dispose();
            nodes[victim] = Start(folder, "peer", victim);   // its old connections may still be in TIME_WAIT
            await nodes[victim].UntilPrintedAsync(@"REGISTER_ACK received.*epoch=([2-9]|\d\d)");
            await nodes[victim].UntilPrintedAsync("Connected to neighbor");
            await nodes[witness].UntilPrintedAsync($@"Gossip received .*msg=[\d.]+:127.0.0.1:{victim}:1,", times: 2);

            nodes[first + 1].Dispose();
            nodes[first + 1] = Start(folder, "seed", first + 1);
            await nodes[first + 1].UntilPrintedAsync($@"127.0.0.1:{victim} is on the Peer List  \[epoch=([2-9]|\d\d)");
            Assert.That(nodes[first + 1].Text, Does.Not.Contain("The disk is empty"));
        }
        finally
        {
            foreach (var node in nodes.Values) node.Dispose();
        }

        AssertLogs(folder, first);
    }

    private static NodeProgram Start(TemporaryFolder folder, string role, int port) => new(
        folder.Path, role, "--host", "127.0.0.1", "--port", $"{port}", "--config", "config.txt",
        "--set", "gossip.intervalMs=1000");

    private static async Task AssertFormedAsync(Dictionary<int, NodeProgram> nodes, int first)
    {
        await UntilAllAsync(nodes, first, 3, "is on the Peer List", Peers);
        await UntilAllAsync(nodes, first + 3, Peers, "Connected to neighbor");
        await UntilAllAsync(nodes, first + 3, Peers, "Generated gossip #1");
        for (var origin = first + 3; origin < first + 3 + Peers; origin++)
        {
            for (var peer = first + 3; peer < first + 3 + Peers; peer++)
            {
                if (peer != origin)
                    await nodes[peer].UntilPrintedAsync($@"Gossip received .*msg=[\d.]+:127.0.0.1:{origin}:\d+,");
            }
        }
    }

    private static Task UntilAllAsync(
        Dictionary<int, NodeProgram> nodes, int from, int count, string pattern, int times = 1) => Task.WhenAll(
            Enumerable.Range(from, count).Select(port => nodes[port].UntilPrintedAsync(pattern, times)));

    /// <summary>All append to one outputfile.txt, and no line of one is within a line of another.</summary>
    private static void AssertLogs(TemporaryFolder folder, int first)
    {
        var lines = File.ReadAllLines(folder["outputfile.txt"]);
        Assert.That(
            lines, Has.All.Match(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] \[(SEED|PEER):\d+\] (INFO|WARNING|ERROR) - "));
        for (var port = first; port < first + 3 + Peers; port++)
        {
            var role = port < first + 3 ? "seed" : "peer";
            var own = File.ReadAllLines(folder[Path.Combine("logs", $"outputfile_{role}_{port}.txt")]);
            var name = $"{role.ToUpperInvariant()}:{port}]";
            Assert.That(GapsOf(own, [.. lines.Where(line => line.Contains(name))]), Is.LessThanOrEqualTo(2), name);
        }
    }

    /// <summary>
    /// How often a kill came when a node had written to the common file, and not yet to its own: once in each of its
    /// lives, at most. What its own file has the common one has too, in the same order.
    /// </summary>
    private static int GapsOf(string[] own, string[] common)
    {
        var (gaps, next, isInGap) = (0, 0, false);
        foreach (var line in common)
        {
            var isInBoth = next < own.Length && line == own[next];
            if (isInBoth) next++;
            else if (!isInGap) gaps++;
            isInGap = !isInBoth;
        }

        Assert.That(next, Is.EqualTo(own.Length), "lines of its own file are in the common one");
        return gaps;
    }
}
