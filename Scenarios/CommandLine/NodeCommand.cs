using System.CommandLine;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>seed</c> and <c>peer</c>: one node of a network whose other nodes run elsewhere.</summary>
internal static class NodeCommand
{
    public const string SeedName = "seed";

    public const string PeerName = "peer";

    private const string DefaultDisk = "disk";

    public static Command Create(HostedRole role, NodeHandler handler, Terminal terminal, ScenarioLibrary library)
    {
        bool isSeed = role == HostedRole.SeedNode;
        var where = new Argument<string[]>("where")
        {
            Description = "Any of: a file with the seed nodes, a port, a host, host:port.",
            Arity = new ArgumentArity(0, 3),
        };
        var host = Text("--host", "host", "Where to listen on this machine: a name or an IPv4 address.");
        var port = Text("--port", "N", "The port to listen at.");
        var config = Text("--config", "FILE", "The seed nodes, one host:port a line, or config.yml.");
        var advertise = Text("--advertise", "host[:port]", "What other nodes dial, when that is not where it listens.");
        var output = Text("--output", "DIR", "Where outputfile.txt and logs/ grow. Default: the current directory.");
        var disk = Text("--disk", "DIR", "Where the seed node's disk is. Default: disk, in the folder of the logs.");
        var command = new Command(
            isSeed ? SeedName : PeerName,
            isSeed
                ? "Run one seed node: it keeps the membership list together with those of the file."
                : "Run one peer: it registers with the seed nodes of the file, links up and gossips.")
        {
            where, host, port, config, advertise, output,
        };
        if (isSeed) command.Add(disk);
        NodeSettingOptions options = new NodeSettingOptions().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            string folder = library.FromCurrentDirectory(parsed.GetValue(output) ?? "");
            var request = new NodeRequest
            {
                Role = role,
                Arguments = new NodeArguments
                {
                    Config = parsed.GetValue(config),
                    Host = parsed.GetValue(host),
                    Port = parsed.GetValue(port) is { } text ? NetworkFileReader.ReadPort(text, "--port") : null,
                    Advertise = parsed.GetValue(advertise),
                }.With(parsed.GetValue(where) ?? [], word => File.Exists(library.FromCurrentDirectory(word))),
                Scenario = options.Load(parsed, library).Scenario,
                Directory = library.FromCurrentDirectory(""),
                OutputDirectory = folder,
                DiskDirectory = isSeed && parsed.GetValue(disk) is { } kept
                    ? library.FromCurrentDirectory(kept)
                    : Path.Combine(folder, DefaultDisk),
            };
            return (int)await handler(request, terminal, cancel);
        });
        return command;
    }

    private static Option<string?> Text(string name, string helpName, string description) =>
        new(name) { Description = description, HelpName = helpName };
}
