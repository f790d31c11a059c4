using System.Globalization;
using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Stages;

/// <summary>What the documents want to find in a log (SOURCES section 2), as patterns.</summary>
internal sealed class LogDemands(StageSetup setup)
{
    /// <summary>Every line begins like this (SOURCES S57).</summary>
    public const string Line =
        @"^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] \[(SEED|PEER):\d+\] (INFO|WARNING|ERROR) - \S";

    /// <summary>The word that no line has (SOURCES S34).</summary>
    public const string Ping = @"(?i)\bp[io]ng(s|ed)?\b";

    public const string Generated = @"INFO - Generated gossip #\d+: ";

    private const string Node = @"\d+\.\d+\.\d+\.\d+:\d+";

    /// <summary>Each word or line that has to be there, by name.</summary>
    public IEnumerable<(string Name, string Pattern)> Words()
    {
        var seed = setup.SeedNodes[0];
        var victim = Regex.Escape(setup.Peers[^1].ToString());
        var (count, quorum) = (setup.SeedNodes.Length, setup.Settings.SeedNode.QuorumSize);
        yield return ("Seed node initialized at", $@"\[SEED:{seed.Port}\] INFO - Seed node initialized at {seed}$");
        yield return ("Total seeds, Quorum", $"INFO - Total seeds: {count}, Quorum: {quorum}$");
        yield return ("Seed node listening on", $"INFO - Seed node listening on {seed}$");
        yield return ("Registering with", $@"INFO - Registering with \d+/{count} seeds \(quorum = {quorum}\)");
        yield return (
            "PROPOSAL: Register peer",
            $@"INFO - PROPOSAL: Register peer {Node}  \[id=\w+, self-vote=\w+, votes=\d+/{quorum} needed\]$");
        yield return ("PROPOSAL: Remove peer", $"INFO - PROPOSAL: Remove peer {victim}  ");
        yield return ("Voting YES", "INFO - Voting YES");
        yield return ("Voting NO", "INFO - Voting NO");
        yield return ("Vote from", $@"INFO - Vote from {Node}: YES  \(total \d+/{quorum}\)");
        yield return (
            "CONSENSUS OUTCOME — APPROVED: Peer",
            $@"INFO - CONSENSUS OUTCOME — APPROVED: Peer {Node}  \[votes=\d+/{count}, quorum={quorum}");
        yield return ("CONSENSUS OUTCOME — APPROVED: Remove", $"CONSENSUS OUTCOME — APPROVED: Remove {victim}  ");
        yield return ("CONSENSUS OUTCOME — REJECTED", "WARNING - CONSENSUS OUTCOME — REJECTED: ");
        yield return ("REGISTER_ACK", "REGISTER_ACK sent to ");
        yield return ("REGISTER_ACK at the peer", @"\[PEER:\d+\] INFO - REGISTER_ACK received");
        yield return ("REGISTER_NACK", "WARNING - REGISTER_NACK sent to ");
        yield return ("CONFIRMED REMOVAL", $"INFO - CONFIRMED REMOVAL: {victim}$");
        yield return ("Current Peer List", $@"INFO - Current Peer List.*: \[{Node}");
        yield return ("Received Peer List from seed", $"INFO - Received Peer List from seed {Node}");
        yield return ("Selected neighbors", $@"INFO - Selected \d+ neighbors \([\w-]+\): \[{Node}");
        yield return ("Generated gossip", $@"{Generated}\d+(\.\d+)?:.*:1$");
        yield return ("Gossip received", $@"INFO - Gossip received \[from={Node}, msg=\S+, time=[\d.]+");
        yield return ("Suspect", $"WARNING - Suspect {victim}");
        yield return (
            "DEAD NODE REPORT", $@"WARNING - DEAD NODE REPORT: Dead Node:{victim}:\d+(\.\d+)?:\d+\.\d+\.\d+\.\d+$");
    }

    /// <summary>Document 003's six grep commands (SOURCES S60).</summary>
    public IEnumerable<string> Greps()
    {
        yield return "CONSENSUS OUTCOME";
        yield return "Gossip|gossip";
        yield return setup.Peers[2].Port.ToString(CultureInfo.InvariantCulture);
        yield return "(?i)dead|suspect|removal|CONFIRMED";
        yield return "PROPOSAL|Vote|ACK|APPROVED|REJECTED";
        yield return $@"\[SEED:{setup.SeedNodes[0].Port}\]";
    }
}
