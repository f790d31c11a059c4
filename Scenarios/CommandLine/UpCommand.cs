using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>
/// <c>up</c>: a local network, or a part of one, until Ctrl-C (document 003's launchers, SOURCES S45, S46).
/// </summary>
internal static class UpCommand
{
    public const string Name = "up";

    private const int MostSeedNodes = 99;

    public static Command Create(LocalNetworkHandler handler, Terminal terminal, ScenarioLibrary library)
    {
        var seeds = Number("seeds", 3, "How many seed nodes to start; 0 to join those of the file.");
        var peers = Number("peers", 5, "How many peers to start; 0 for seed nodes only.");
        var config = new Option<string>("--config")
        {
            Description = "The list of seed nodes: written for others, or with 0 seed nodes read.",
            HelpName = "FILE",
            DefaultValueFactory = _ => NetworkFileReader.UsualNames[0],
        };
        var command = new Command(Name, "Start seed nodes and peers on this machine, until Ctrl-C.")
        {
            seeds, peers, config,
        };
        LocalNetworkOptions options = new LocalNetworkOptions().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            int seedCount = Within(parsed, seeds, MostSeedNodes);
            int peerCount = Within(parsed, peers, NodePlaces.LargestPort);
            if (seedCount + peerCount == 0)
                throw new UsageException("up: 0 seed nodes and 0 peers are nothing to start");
            string file = library.FromCurrentDirectory(parsed.GetValue(config)!);
            var request = seedCount > 0
                ? options.Start(parsed, library, seedCount, peerCount, file)
                : await options.JoinAsync(
                    parsed, library, NetworkFileReader.Read(file, parsed.GetValue(config)!), peerCount, starts: false,
                    terminal.Error, cancel);
            return (int)await handler(request, terminal, cancel);
        });
        return command;
    }

    private static Argument<int> Number(string name, int usual, string description) =>
        new(name) { Description = description, DefaultValueFactory = _ => usual };

    private static int Within(ParseResult parsed, Argument<int> argument, int most) =>
        parsed.GetValue(argument) is var count && count >= 0 && count <= most
            ? count
            : throw new UsageException($"up: found {count} {argument.Name}, allowed are 0 to {most}");
}
