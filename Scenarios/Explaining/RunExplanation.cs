using System.Globalization;
using GossipSim.Scenarios.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.Explaining;

/// <summary><c>explain</c>: reads a run's event log and answers one question, or says what can be asked.</summary>
internal static class RunExplanation
{
    /// <summary>Lines of each list that people are shown; <c>--json</c> has all.</summary>
    private const int LinesShown = 12;

    private const int PeersShown = 3;

    /// <exception cref="UsageException">The log cannot be read, or has nothing of what is asked about.</exception>
    public static ExitCode Run(ExplainRequest request, Terminal terminal)
    {
        var history = Read(request.Log);
        var asked = new AskedThings(history);
        try
        {
            if (request.Removal is { } removal)
            {
                var (address, epoch) = asked.Removal(removal);
                Tell(new RemovalExplainer(history).Explain(address, epoch), request, terminal);
            }
            else if (request is { Message: { } message, Peer: { } peer })
            {
                var answer = new MessageExplainer(history).Explain(asked.Message(message), asked.Peer(peer));
                Tell(answer, request, terminal);
            }
            else
            {
                TellQuestions(RunQuestions.Of(history), request, terminal);
            }
        }
        catch (EventLogException contradiction)
        {
            throw new UsageException($"{Path.GetFileName(request.Log)}: {contradiction.Message}");
        }

        return ExitCode.Held;
    }

    private static RunHistory Read(string path) => StoredLog.Read(path, log =>
    {
        // Answers rest on what happened at others too: of those who passed a message on, and before a fault struck.
        if (log.Facts.LoggedPeers is { } logged)
            throw new UsageException(
                $"{Path.GetFileName(path)} follows about {logged} of {log.Facts.MostPeers} peers; "
                + "only a run with outputs.eventLog \"full\" can be explained");
        if (log.Facts.Protocol is { } own)
            throw new UsageException(
                $"{Path.GetFileName(path)} is of the protocol {own}: what can be explained are the messages and "
                + "memberships of the program's own; report.html and metrics.csv tell of this one");
        return RunHistory.Read(log);
    });

    private static void Tell<TReason>(Explanation<TReason> answer, ExplainRequest request, Terminal terminal)
        where TReason : struct, Enum
    {
        if (request.Json)
        {
            JsonOption.WriteLine(terminal, answer);
            return;
        }

        var output = terminal.Output;
        terminal.WriteProse(output, answer.Question);
        terminal.WriteProse(output, $"{ScenarioJson.WordOf(answer.Reason)}: {answer.Why}");
        foreach (var step in answer.Steps)
            terminal.WriteProse(
                output,
                string.Create(CultureInfo.InvariantCulture, $"  {step.AtSeconds,10:0.000} s  {step.Text}"),
                indent: 16);
    }

    private static void TellQuestions(RunQuestions questions, ExplainRequest request, Terminal terminal)
    {
        if (request.Json)
        {
            JsonOption.WriteLine(terminal, questions);
            return;
        }

        var output = terminal.Output;
        terminal.WriteProse(output, string.Create(
            CultureInfo.InvariantCulture,
            $"{questions.Scenario} ({questions.Runtime}): {Numbers.Plural(questions.Messages, "message")}, "
            + $"{questions.Gaps.Count} of them did not reach all that ever ran; "
            + $"{Numbers.Plural(questions.Removals.Count, "removal")}, "
            + $"{Numbers.Plural(questions.Crashes.Count, "crash", "crashes")} of members."));
        // A crashed peer misses all that comes after: one line for all messages that missed the same peers.
        List(terminal, [.. questions.Gaps.GroupBy(gap => Naming(gap.Peers))], gaps => string.Create(
            CultureInfo.InvariantCulture,
            $"--message {gaps.First().Number} --peer {gaps.First().Peers[0]}   {gaps.Count()} from "
            + $"{gaps.First().AtSeconds:0.000} s on did not reach {gaps.Key}"));
        List(terminal, questions.Removals, ending => string.Create(
            CultureInfo.InvariantCulture,
            $"--removal {ending.Node}@{ending.Epoch}   removed at {ending.AtSeconds:0.000} s"));
        List(terminal, questions.Crashes, ending => string.Create(
            CultureInfo.InvariantCulture,
            $"--removal {ending.Node}@{ending.Epoch}   crashed at {ending.AtSeconds:0.000} s"));
    }

    private static void List<T>(Terminal terminal, IReadOnlyList<T> items, Func<T, string> inWords)
    {
        foreach (var item in items.Take(LinesShown))
            terminal.WriteProse(terminal.Output, $"  {inWords(item)}", indent: 4);
        if (items.Count > LinesShown)
            terminal.Output.WriteLine($"  and {items.Count - LinesShown} more (--json lists all)");
    }

    private static string Naming(IReadOnlyList<string> peers) => peers.Count <= PeersShown
        ? string.Join(", ", peers)
        : $"{string.Join(", ", peers.Take(PeersShown))} and {peers.Count - PeersShown} more";
}
