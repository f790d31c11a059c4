using System.Text.RegularExpressions;

namespace GossipSim.Scenarios.Stages;

/// <summary>The end: what outputfile.txt tells of all this (SOURCES sections 2 and 4.1).</summary>
internal static class LogCheck
{
    public static readonly Check Log = new(
        "outputfile.txt",
        "every line and word the documents ask for, causes before effects, at most the allowed messages, no pings",
        ReadAsync);

    private static async Task ReadAsync(TestStand stand, Observation seen)
    {
        await LetPublishAsync(stand);
        seen.Require(File.Exists(stand.Network.OutputFile), "there is none");
        var log = stand.Network.ReadLog();
        var demands = new LogDemands(stand.Setup);
        JudgeLines(log, seen);
        JudgeWords(log, demands, seen);
        JudgeTraces(stand, log, seen);
        JudgePublishing(stand, log, seen);
        seen.Note($"{log.Lines.Count} lines");
    }

    /// <summary>Until each has said its last message, and two intervals more: another would come then.</summary>
    private static async Task LetPublishAsync(TestStand stand)
    {
        var most = stand.Setup.Settings.Peer.MaxMessagesPerPeer;
        await TestStand.UntilAsync(
            () => stand.Network.ReadLog() is var log
                && stand.LivePeers.All(peer => log.OfPeer(peer).Count(LogDemands.Generated) >= most),
            stand.Waits.Publishing);
        await Task.Delay(2 * stand.Setup.Settings.Peer.GossipInterval);
    }

    private static void JudgeLines(LogText log, Observation seen)
    {
        if (log.Lines.FirstOrDefault(line => !Regex.IsMatch(line, LogDemands.Line)) is { } odd)
            seen.Wrong($"this is no log line: {odd}");
        if (log.Lines.FirstOrDefault(line => Regex.IsMatch(line, LogDemands.Ping)) is { } ping)
            seen.Wrong($"a ping is logged: {ping}");
    }

    private static void JudgeWords(LogText log, LogDemands demands, Observation seen)
    {
        var words = demands.Words().ToList();
        foreach (var (name, pattern) in words) seen.Require(log.Count(pattern) > 0, $"no line \"{name}\"");
        seen.Note($"{words.Count(each => log.Count(each.Pattern) > 0)} of {words.Count} words");
        var greps = demands.Greps().ToList();
        foreach (var grep in greps) seen.Require(log.Count(grep) > 0, $"grep {grep} finds nothing");
        seen.Note($"{greps.Count} greps");
    }

    private static void JudgeTraces(TestStand stand, LogText log, Observation seen)
    {
        foreach (var peer in stand.Peers)
            if (LogTraces.WrongRegistration(log, stand.SeedNodes, peer) is { } wrong) seen.Wrong(wrong);
        if (stand.Victim.IsNone) seen.Wrong("nobody was killed, so there is no removal to read of");
        else if (LogTraces.WrongRemoval(log, stand.SeedNodes, stand.Victim) is { } wrong) seen.Wrong(wrong);
        if (LogTraces.WrongOutcome(log, stand.SeedNodes, stand.Setup.Settings.SeedNode.QuorumSize) is { } outcome)
            seen.Wrong(outcome);
    }

    private static void JudgePublishing(TestStand stand, LogText log, Observation seen)
    {
        var most = stand.Setup.Settings.Peer.MaxMessagesPerPeer;
        foreach (var peer in stand.Peers)
        {
            var count = log.OfPeer(peer).Count(LogDemands.Generated);
            seen.Require(
                count == most || (peer == stand.Victim && count < most),
                $"{peer.Port} generated {count} messages, not {most}");
        }

        seen.Note($"{most} messages of each peer");
    }
}
