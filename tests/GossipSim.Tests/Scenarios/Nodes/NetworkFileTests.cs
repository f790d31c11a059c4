using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Nodes;
using GossipSim.Tests.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Nodes;

/// <summary>SOURCES S39, S40 and W16: the seed lists of all documents, and what is wrong with others.</summary>
[TestFixture]
internal sealed class NetworkFileTests
{
    private static readonly string[] three = ["127.0.0.1:6000", "10.0.0.2:6001", "seed3.example:6002"];

    [TestCase("config.txt", "127.0.0.1:6000\n10.0.0.2:6001\nseed3.example:6002\n", TestName = "colons")]
    [TestCase("config.csv", "127.0.0.1,6000\n10.0.0.2,6001\nseed3.example,6002", TestName = "commas, no newline")]
    [TestCase(
        "config.csv", "ip,port\r\n127.0.0.1, 6000\r\n10.0.0.2 ,6001\r\nseed3.example,6002\r\n",
        TestName = "a header, spaces, CRLF")]
    [TestCase(
        "config.csv", "IP Address,Port\n127.0.0.1,6000\n10.0.0.2,6001\nseed3.example,6002\n",
        TestName = "a heading of any words")]
    [TestCase(
        "config.csv", "\uFEFFseed_ip,seed_port\n\"127.0.0.1\",\"6000\"\n\"10.0.0.2\",6001\n\"seed3.example:6002\"\n",
        TestName = "a heading behind a byte order mark, quotes")]
    [TestCase(
        "config.csv", "# list\n\nip; port\n127.0.0.1;6000\n10.0.0.2; 6001\nseed3.example ;6002\n",
        TestName = "semicolons, a heading below a comment")]
    [TestCase(
        "config.tsv", "host\tport\n127.0.0.1\t6000\n10.0.0.2\t6001\nseed3.example 6002\n", TestName = "tabs, a blank")]
    [TestCase(
        "config.txt", "\uFEFF# seeds\n\n127.0.0.1:6000 # first\n \t\n10.0.0.2,6001\nseed3.example:6002\n\n\n",
        TestName = "comments, blank lines, both notations, a byte order mark")]
    [TestCase(
        "config.yml", "seeds:\n  - ip: 127.0.0.1\n    port: 6000\n  - ip: \"10.0.0.2\"\n    port: 6001\n"
            + "  - port: 6002\n    ip: seed3.example\n",
        TestName = "YAML in blocks")]
    [TestCase(
        "config.yaml", "# network\r\nseeds: [{ip: 127.0.0.1, port: 6000}, {ip: 10.0.0.2, port: 6001},"
            + " {ip: seed3.example, port: 6002}]\r\n",
        TestName = "YAML on one line, CRLF")]
    [TestCase(
        "config.yml", "---\nseeds:\n- {ip: 127.0.0.1, port: 6000}\n- 10.0.0.2:6001\n- \"seed3.example:6002\"",
        TestName = "YAML items of every kind")]
    public void Every_notation_names_the_same_seed_nodes(string name, string text) =>
        Assert.That(Read(name, text).SeedNodes.Select(seed => seed.ToString()), Is.EqualTo(three));

    [Test]
    public void Document_002s_file_also_says_how_many_peers_start_and_at_which_ports()
    {
        var file = Read(
            "config.yml", "seeds:\n  - {ip: 127.0.0.1, port: 5000}\npeer_port_range:\n  start: 6000\n  end: 7000\n"
                + "initial_peers: 3   # at the beginning\n");

        Assert.That(file.PeerPorts, Is.EqualTo(((ushort)6000, (ushort)7000)));
        Assert.That(file.InitialPeers, Is.EqualTo(3));
        Assert.That(file.SeedNodes[0].Place, Is.EqualTo("config.yml:2"));
    }

    [TestCase("config.txt", "127.0.0.1:6000\n127.0.0.1:70000\n", "config.txt:2: found the port \"70000\"")]
    [TestCase("config.txt", "127.0.0.1:6000\n\n127.0.0.1\n", "config.txt:3: found \"127.0.0.1\"")]
    [TestCase("config.txt", "127.0.0.1:0\n", "config.txt:1: found the port \"0\"")]
    [TestCase("config.txt", ":6000\n", "config.txt:1: found \":6000\"")]
    [TestCase("config.txt", "a b:6000\n", "config.txt:1: found \"a b:6000\"")]
    [TestCase("config.csv", "127.0.0.1,6000\n127.0.0.1,\n", "config.csv:2: found the port \"\"")]
    [TestCase("config.txt", "127.0.0.1:6000\n127.0.0.1,6000\n", "config.txt:2: 127.0.0.1:6000 is there twice")]
    [TestCase("config.txt", "localhost\n127.0.0.1:6000\n", "config.txt:1: found \"localhost\", allowed is host:port")]
    [TestCase("config.csv", "localhost,\n127.0.0.1,6000\n", "config.csv:1: found the port \"\"")]
    [TestCase("config.csv", "ip,port\nhost,name\n", "config.csv:2: found the port \"name\"")]
    [TestCase("config.txt", "[::1]:6000\n", "config.txt:1: found \"[::1]:6000\": IPv6 is not supported")]
    [TestCase("config.txt", "127.0.0.1:6000\n::1\n", "config.txt:2: found \"::1\": IPv6 is not supported")]
    [TestCase("config.txt", "fe80::1:6000\n", "config.txt:1: found \"fe80::1:6000\": IPv6 is not supported")]
    [TestCase("config.txt", "# nothing\n", "config.txt: no seed nodes")]
    [TestCase("config.yml", "seeds:\n  - ip: 127.0.0.1\n", "config.yml:2: a seed node needs ip and port")]
    [TestCase("config.yml", "seed:\n", "config.yml:1: unknown key \"seed\"; did you mean \"seeds\"?")]
    [TestCase("config.yml", "seeds:\n  - {ip: x, prot: 1}\n", "config.yml:2: unknown key \"prot\"")]
    [TestCase("config.yml", "seeds: 5\n", "config.yml:1: found \"5\"")]
    [TestCase(
        "config.yml", "seeds: [127.0.0.1:1]\npeer_port_range: {start: 9, end: 8}\n",
        "config.yml:2: the range ends at 8")]
    [TestCase("config.yml", "seeds: [127.0.0.1:1]\ninitial_peers: many\n", "config.yml:2: found \"many\"")]
    public void A_mistake_is_told_with_its_line(string name, string text, string start)
    {
        var wrong = Assert.Throws<UsageException>(() => Read(name, text))!;

        Assert.That(wrong.Message, Does.StartWith(start).And.Not.Contain("\n"));
    }

    private static NetworkFile Read(string name, string text)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder[name], text);
        return NetworkFileReader.Read(folder[name], name);
    }
}
