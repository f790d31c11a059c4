using System.CommandLine;
using GossipSim.Scenarios.Explaining;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>explain</c>: why did this message not reach that peer, why was this peer removed?</summary>
internal static class ExplainCommand
{
    public const string Name = "explain";

    public static Command Create(Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> run = StoredRun.CreateArgument(", or its event log");
        var message = new Option<string?>("--message")
        {
            Description = "A message: its id, or its number in the list that explain shows.", HelpName = "id|N",
        };
        var peer = new Option<string?>("--peer")
        {
            Description = "The peer that the message did or did not reach; its port is enough where one node has it.",
            HelpName = "ip:port",
        };
        var removal = new Option<string?>("--removal")
        {
            Description = "The member that was or was not removed; a port and no epoch are enough.",
            HelpName = "ip:port[@epoch]",
        };
        Option<bool> json = JsonOption.Create("Print the answer as JSON.");
        var command = new Command(
            Name, "Answer why a message did not reach a peer, or why a peer was removed, from a run's event log.")
        {
            run, message, peer, removal, json,
        };
        command.SetAction(parsed =>
        {
            var request = new ExplainRequest(
                LogOf(parsed.GetValue(run)!, terminal, library), parsed.GetValue(message), parsed.GetValue(peer),
                parsed.GetValue(removal), parsed.GetValue(json));
            Check(request);
            return (int)RunExplanation.Run(request, terminal);
        });
        return command;
    }

    private static void Check(ExplainRequest request)
    {
        if (request.Removal is not null && (request.Message ?? request.Peer) is not null)
            throw new UsageException("--removal is a question of its own; leave --message and --peer out");
        if (request.Message is null != request.Peer is null)
            throw new UsageException("--message and --peer belong together: which message, and at which peer");
    }

    private static string LogOf(string named, Terminal terminal, ScenarioLibrary library)
    {
        var runs = new StoredRun(terminal, library);
        string file = library.FromCurrentDirectory(named);
        string? folder = runs.Find(named);
        if (folder is null && File.Exists(file))
            return file;
        string log = Path.Combine(folder ?? runs.FolderOf(named), EventLog.FileName);
        return File.Exists(log)
            ? log
            : throw new UsageException(
                $"\"{named}\" has no {EventLog.FileName}; only a run with outputs.eventLog \"full\" can be explained");
    }
}
