using System.Text.RegularExpressions;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using NUnit.Framework;

namespace GossipSim.Tests.Scenarios.Results;

/// <summary>The log words that the source documents ask for (SOURCES section 2).</summary>
internal sealed class TextLogTests
{
    private readonly TemporaryFolder folder = new();

    [TearDown]
    public void Delete() => folder.Dispose();

    private string[] Tell(int peers = 6, params CompatLog[] documents)
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, documents))
        {
            var story = new RunStory(logs);
            CrashStory.TellFormation(story, peers);
            CrashStory.TellScenario(story, peers);
        }

        return File.ReadAllLines(folder["outputfile.txt"]);
    }

    [TestCase("[2026-01-01 00:00:00] [SEED:6000] INFO - Seed node initialized at 127.0.0.1:6000")]
    [TestCase("[2026-01-01 00:00:00] [SEED:6000] INFO - Total seeds: 3, Quorum: 2")]
    [TestCase("[2026-01-01 00:00:00] [SEED:6000] INFO - Seed node listening on 127.0.0.1:6000")]
    [TestCase("[PEER:7000] INFO - Registering with 1/3 seeds (quorum = 2): asking 127.0.0.1:6000")]
    [TestCase("[SEED:6000] INFO - PROPOSAL: Register peer 127.0.0.1:7000  "
        + "[id=ae4e97, self-vote=YES, votes=1/2 needed]")]
    [TestCase("[SEED:6000] INFO - PROPOSAL: Remove peer 127.0.0.1:7002  [id=8c4bf6, self-vote=YES, votes=1/2 needed]")]
    [TestCase("[SEED:6001] INFO - Voting YES: Register peer 127.0.0.1:7000  [id=ae4e97]")]
    [TestCase("[SEED:6000] INFO - Vote from 127.0.0.1:6001: YES  (total 2/2)")]
    [TestCase("[SEED:6000] INFO - CONSENSUS OUTCOME — APPROVED: Peer 127.0.0.1:7000  [votes=2/3, quorum=2]")]
    [TestCase("[SEED:6000] INFO - CONSENSUS OUTCOME — APPROVED: Remove 127.0.0.1:7002  [votes=2/3, quorum=2]")]
    [TestCase("[SEED:6000] INFO - REGISTER_ACK sent to 127.0.0.1:7000  [epoch=1]")]
    [TestCase("[PEER:7000] INFO - REGISTER_ACK received from seed 127.0.0.1:6000  [epoch=1]")]
    [TestCase("[PEER:7000] INFO - Received Peer List from seed 127.0.0.1:6000  [3 peers]")]
    [TestCase("[PEER:7001] INFO - Selected 1 neighbors (power-law): [127.0.0.1:7000]")]
    [TestCase("[PEER:7000] INFO - Generated gossip #1: 1767225600.5:127.0.0.1:7000:1 \"payload\"")]
    [TestCase("[2026-01-01 00:00:03] [PEER:7001] INFO - Gossip received [from=127.0.0.1:7000, "
        + "msg=1767225600.5:127.0.0.1:7000:1, time=1767225603.004] \"payload\"")]
    [TestCase("[PEER:7002] ERROR - Process crashed  [fault=kill-hub]")]
    [TestCase("[PEER:7001] WARNING - Suspect 127.0.0.1:7002: no sign of life  [epoch=1]")]
    [TestCase("[PEER:7001] WARNING - DEAD NODE REPORT: Dead Node:127.0.0.1:7002:1767225613:127.0.0.1:7001")]
    [TestCase("[SEED:6002] INFO - CONFIRMED REMOVAL: 127.0.0.1:7002")]
    [TestCase("[SEED:6002] INFO - Current Peer List: [127.0.0.1:7000, 127.0.0.1:7001, 127.0.0.1:7003, "
        + "127.0.0.1:7004, 127.0.0.1:7005]")]
    public void Nodes_log_in_the_words_of_the_documents(string line)
    {
        Assert.That(Tell(), Has.Some.EndsWith(line));
    }

    [Test]
    public void A_vote_is_counted_by_its_own_line_and_one_that_comes_late_is_called_so()
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, []))
        {
            var story = new RunStory(logs);
            var vote = story.BallotOn(7000, 1, alive: true, [RunStory.SeedNodes[0]]) with
            {
                Voter = RunStory.SeedNodes[1], Yes = true,
            };
            var first = vote with { Voters = [] };
            var late = vote with { Voter = RunStory.SeedNodes[2], Voters = [] };
            story.Tell(6001, EventKind.VoteHeard, 7000, detail: first)
                .Tell(6000, EventKind.VoteHeard, 7000, detail: vote)
                .Tell(6000, EventKind.EntryCommitted, 7000, detail: vote)
                .Tell(6000, EventKind.VoteHeard, 7000, detail: late);
        }

        Assert.That(
            File.ReadAllLines(folder["outputfile.txt"]).Where(line => line.Contains("Vote from"))
                .Select(line => line[(line.IndexOf("] [", StringComparison.Ordinal) + 2)..]),
            Is.EqualTo(new[]
            {
                "[SEED:6001] INFO - Vote from 127.0.0.1:6001: YES  (total 1/2)",
                "[SEED:6000] INFO - Vote from 127.0.0.1:6001: YES  (total 2/2)",
                "[SEED:6000] INFO - Vote from 127.0.0.1:6002: YES  (decided already)",
            }));
    }

    [TestCase("CONSENSUS OUTCOME", false)]
    [TestCase("Gossip|gossip", false)]
    [TestCase("7002", false)]
    [TestCase("dead|suspect|removal|CONFIRMED", true)]
    [TestCase("PROPOSAL|Vote|ACK|APPROVED|REJECTED", false)]
    [TestCase(@"\[SEED:6000\]", false)]
    public void The_six_greps_of_document_003_find_lines_and_no_ping(string pattern, bool ignoreCase)
    {
        var grep = new Regex(pattern, ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None);

        var found = Tell().Where(line => grep.IsMatch(line)).ToList();

        Assert.That(found, Is.Not.Empty);
        Assert.That(found, Has.None.Contains("ping").IgnoreCase);
    }

    [Test]
    public void Every_approval_has_a_quorum_and_follows_its_proposal()
    {
        var lines = Tell();
        var approvals = lines.Index().Where(l => l.Item.Contains("APPROVED", StringComparison.Ordinal)).ToList();

        Assert.That(approvals, Has.Count.EqualTo(7));
        foreach (var (at, line) in approvals)
        {
            var match = Regex.Match(line, @"APPROVED: (Peer|Remove) (\S+)  \[votes=(\d)/3, quorum=(\d)\]");
            var (votes, quorum) = (int.Parse(match.Groups[3].Value), int.Parse(match.Groups[4].Value));
            Assert.That(votes, Is.GreaterThanOrEqualTo(quorum), line);
            var aim = $"{(match.Groups[1].Value == "Peer" ? "Register" : "Remove")} peer {match.Groups[2].Value} ";
            Assert.That(lines[..at], Has.Some.Contains("PROPOSAL: " + aim), line);
        }
    }

    [Test]
    public void Every_line_has_time_name_and_level()
    {
        var form = new Regex(@"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] \[(SEED|PEER):\d+\] (INFO|WARNING|ERROR) - \S");

        Assert.That(Tell().Where(line => !form.IsMatch(line)), Is.Empty);
    }

    [Test]
    public void A_peer_list_names_twenty_and_counts_the_rest()
    {
        var line = Tell(peers: 30).Last(l => l.Contains("Current Peer List", StringComparison.Ordinal));

        Assert.That(Regex.Count(line, @"127\.0\.0\.1:7\d+"), Is.EqualTo(20));
        Assert.That(line, Does.EndWith("and 9 more]"));
    }

    [Test]
    public void Each_document_gets_its_own_file_names()
    {
        Tell(6, CompatLog.Doc000, CompatLog.Doc002, CompatLog.Doc003);
        var names = Directory.GetFiles(folder["logs"]).Select(Path.GetFileName).ToList();

        Assert.That(names, Has.Count.EqualTo(9 + 2 + 9));
        Assert.That(names, Is.SupersetOf(new[]
        {
            "outputfile_seed_6000.txt", "outputfile_peer_7005.txt", "seed.log", "peer.log",
            "output_20260101_000000_SEED-6000.log", "output_20260101_000000_PEER-7003.log",
        }));
        Assert.That(
            File.ReadAllLines(folder["logs/seed.log"]).Length + File.ReadAllLines(folder["logs/peer.log"]).Length,
            Is.EqualTo(File.ReadAllLines(folder["outputfile.txt"]).Length));
        Assert.That(File.ReadAllText(folder["logs/outputfile_peer_7003.txt"]), Does.Not.Contain("[PEER:7001]"));
    }

    [Test]
    public void Document_004_has_one_log_of_its_seed_nodes_and_one_of_each_peer()
    {
        var combined = Tell(6, CompatLog.Doc004);
        var names = Directory.GetFiles(folder["logs"]).Select(Path.GetFileName).ToList();

        Assert.That(names, Is.EquivalentTo(
            Enumerable.Range(7000, 6).Select(port => $"PeerLog_{port}.txt").Append("SeedLog.txt")));
        Assert.That(
            File.ReadAllLines(folder["logs/SeedLog.txt"]),
            Has.Some.EndsWith("[SEED:6000] INFO - Connection request from 127.0.0.1:7000"));
        Assert.That(
            File.ReadAllLines(folder["logs/PeerLog_7001.txt"]),
            Has.Some.Match(@"\[PEER:7001\] INFO - MessagesLst: \[[0-9a-f]{16}\]$"));
        Assert.That(combined, Has.None.Contains("MessagesLst").And.None.Contains("Connection request"));
    }

    [Test]
    public void Document_004_logs_the_texts_of_its_liveness_messages()
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, [CompatLog.Doc004]))
        {
            new RunStory(logs).StartSeedNodes().Join(7000)
                .At(13.9).Tell(7000, EventKind.SignOfLifeAsked, 7001)
                .At(14.2).Tell(7000, EventKind.SignOfLifeHeard, 7001).Tell(7000, EventKind.SignOfLifeHeard, 7002);
        }

        var lines = File.ReadAllLines(folder["logs/PeerLog_7000.txt"]);
        Assert.That(lines[^2..], Is.EqualTo(new[]
        {
            "[2026-01-01 00:00:13] [PEER:7000] INFO - Liveness Request:1767225613:127.0.0.1",
            "[2026-01-01 00:00:14] [PEER:7000] INFO - Liveness Reply:1767225613:127.0.0.1:127.0.0.1",
        }));
        Assert.That(File.ReadAllText(folder["outputfile.txt"]), Does.Not.Contain("Liveness"));
    }

    [Test]
    public void The_Message_List_names_its_latest_and_counts_the_rest()
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, [CompatLog.Doc004]))
        {
            var story = new RunStory(logs).StartSeedNodes().Join(7000);
            for (var number = 1; number <= 23; number++) story.Deliver(7000, 7001, 7001, number);
        }

        var line = File.ReadAllLines(folder["logs/PeerLog_7000.txt"])[^1];
        Assert.That(line, Does.Contain("MessagesLst: [3 earlier, "));
        Assert.That(Regex.Count(line, "[0-9a-f]{16}"), Is.EqualTo(20));
    }

    [Test]
    public void Of_a_long_report_the_beginning_is_logged()
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, []))
        {
            var report = new DeadNode(
                RunStory.Address(7000), 1, default, ReportFlag.Sole, new string('x', 30_000));
            new RunStory(logs)
                .Tell(7001, EventKind.DeathReported, 7000, detail: report)
                .Tell(6000, EventKind.ReportHeard, 7000, detail: new HeardReport(report, RunStory.Address(7001)))
                .Tell(6000, EventKind.ReportAmbiguous, 7000, detail: new HeardReport(report, RunStory.Address(7001)));
        }

        var lines = File.ReadAllLines(folder["outputfile.txt"]);
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines, Has.All.Contains($"{new string('x', 200)} and 29800 more characters").And.All.Not.Contains(
            new string('x', 201)));
    }

    [Test]
    public void What_was_left_out_is_a_line()
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, []))
            new RunStory(logs).Tell(6000, EventKind.InputRefused, 7001, number: 321);

        Assert.That(File.ReadAllLines(folder["outputfile.txt"]).Single(), Does.EndWith(
            "WARNING - 321 more refusals and reports within a second are not shown"));
    }

    [Test]
    public void Words_from_the_network_cannot_begin_a_line()
    {
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, []))
        {
            const string Forged = "bad\n[SEED:6000] INFO - CONFIRMED REMOVAL\u2028\u202e\u001b[2J\0";
            new RunStory(logs).Tell(7000, EventKind.InputRefused, 7001, detail: Forged);
        }

        var lines = File.ReadAllLines(folder["outputfile.txt"]);
        Assert.That(lines, Has.Length.EqualTo(1));
        Assert.That(
            lines[0], Does.EndWith(@"refused: bad [SEED:6000] INFO - CONFIRMED REMOVAL\u2028\u202E\u001B[2J\u0000"));
    }

    [Test]
    public void Who_tries_the_same_dead_members_again_and_again_says_so_once()
    {
        NodeAddress[] dead = [RunStory.Address(7000), RunStory.Address(7001)];
        using (var logs = new RunLogs(folder.Path, RunStory.Facts, RunLogs.SimulatedEpoch, []))
        {
            var story = new RunStory(logs);
            for (var round = 0; round < 5; round++)
            {
                story.Tell(7005, EventKind.NeighborsSelected, number: 2, detail: dead);
                story.Tell(7005, EventKind.NeighborsSelected, number: 1, detail: dead[..1]);
            }

            story.Tell(7005, EventKind.NeighborAdded, 7000, 1);
            story.Tell(7005, EventKind.NeighborsSelected, number: 2, detail: dead);
        }

        Assert.That(File.ReadAllLines(folder["outputfile.txt"]).Select(line => line[(line.IndexOf(" - ") + 3)..]),
            Is.EqualTo(new[]
            {
                "Selected 2 neighbors (power-law): [127.0.0.1:7000, 127.0.0.1:7001]",
                "None of the 2 members tried has accepted a link: no answer, or a refusal; trying again with growing"
                    + " pauses",
                "Connected to neighbor 127.0.0.1:7000",
                "Selected 2 neighbors (power-law): [127.0.0.1:7000, 127.0.0.1:7001]",
            }));
    }
}
