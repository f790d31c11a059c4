using System.CommandLine;
using GossipSim.Engine.Protocol;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Results;
using GossipSim.Scenarios.Running;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>replay</c>: a run again, from its folder, to compare it or to look inside.</summary>
internal static class ReplayCommand
{
    public const string Name = "replay";

    private const string ScenarioOfRun = "scenario.effective.json";

    public static Command Create(ReplayHandler replay, Terminal terminal, ScenarioLibrary library)
    {
        Argument<string> run = StoredRun.CreateArgument(", or a scenario file that reproduces a broken invariant");
        var until = new Option<double?>("--until")
        {
            Description = "Stop at this scenario time and print the state of the network; with --step begin there.",
            HelpName = "seconds",
        };
        var step = new Option<bool>("--step")
        {
            Description = "Print each input and what the node did; on a terminal one for each Enter (q ends).",
        };
        var node = new Option<string?>("--node")
        {
            Description = "Show only this node; its port is enough where one node has it.", HelpName = "ip:port",
        };
        var kind = new Option<string?>("--kind")
        {
            Description = "Show only inputs of this kind, such as message, timer, GOSSIP or Liveness.",
            HelpName = "kind",
        };
        Option<bool> json = JsonOption.Create("Print the outcome as JSON on stdout, and all else on stderr.");
        var command = new Command(Name, "Run the nodes of a run again and compare; stop or step on the way.")
        {
            run, until, step, node, kind, json,
        };
        command.SetAction(async (parsed, cancel) =>
        {
            var request = Load(parsed.GetValue(run)!, terminal, library);
            request = request with
            {
                UntilSeconds = Moment(parsed.GetValue(until)),
                Step = parsed.GetValue(step),
                Node = Address(parsed.GetValue(node), request.Scenario),
                Kind = parsed.GetValue(kind),
                Json = parsed.GetValue(json),
            };
            if (request.Kind is not null && !request.Step)
                throw new UsageException("--kind: it chooses steps, so it needs --step");
            return (int)await replay(request, terminal, cancel);
        });
        return command;
    }

    private static ReplayRequest Load(string named, Terminal terminal, ScenarioLibrary library)
    {
        var loader = new ScenarioLoader(library);
        var runs = new StoredRun(terminal, library);
        string? path = named == StoredRun.Latest ? runs.FolderOf(named) : runs.Find(named);
        if (path is null)
            return new ReplayRequest { Loaded = loader.Load(named, []) };
        string scenario = Path.Combine(path, ScenarioOfRun);
        if (!File.Exists(scenario))
            throw new UsageException($"\"{named}\" is no folder of a run: there is no {ScenarioOfRun} in it");
        return new ReplayRequest { Loaded = loader.Load(scenario, []), Folder = path };
    }

    private static double? Moment(double? seconds) => seconds is null or (>= 0 and < 1e9)
        ? seconds
        : throw new UsageException($"--until: found {seconds}, allowed are seconds of scenario time from 0 on");

    /// <summary>An address need not be of the scenario's plan: seed nodes may come from a list.</summary>
    private static NodeAddress? Address(string? asked, Scenario scenario)
    {
        if (asked is null) return null;
        if (NodeAddress.TryParse(asked, out NodeAddress address)) return address;
        var plan = ProtocolSettings.Of(scenario, RunLogs.SimulatedEpoch).Plan;
        var nodes = Enumerable.Range(0, plan.Count).Select(index => plan[index]);
        return new NodeName("this run", nodes).Find(asked, "--node: ");
    }
}
