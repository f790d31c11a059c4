using System.CommandLine;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Scenarios.CommandLine;

/// <summary><c>manage</c>: a local network, and a prompt to drive it (document 002's starter, SOURCES S47).</summary>
internal static class ManageCommand
{
    public const string Name = "manage";

    private const string UsualFile = "config.yml";

    private const int UsualSeedNodes = 3;

    /// <summary>As in document 002's config.yml.</summary>
    private const int UsualPeers = 3;

    public static Command Create(LocalNetworkHandler handler, Terminal terminal, ScenarioLibrary library)
    {
        var config = new Argument<string?>("config")
        {
            Description = "Seed nodes, ports of peers and how many start: config.yml, or a list of seed nodes. "
                + $"Default: {UsualFile} in the current directory, "
                + $"else {UsualSeedNodes} seed nodes and {UsualPeers} peers.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(Name, "Start a local network and drive it from a prompt.") { config };
        LocalNetworkOptions options = new LocalNetworkOptions().AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            string? named = parsed.GetValue(config);
            if (named is null && File.Exists(library.FromCurrentDirectory(UsualFile))) named = UsualFile;
            string generated = library.FromCurrentDirectory(NetworkFileReader.UsualNames[0]);
            LocalNetworkRequest request;
            if (named is null)
            {
                request = options.Start(parsed, library, UsualSeedNodes, UsualPeers, generated);
            }
            else
            {
                var file = NetworkFileReader.Read(library.FromCurrentDirectory(named), named);
                request = await options.JoinAsync(
                    parsed, library, file, file.InitialPeers ?? UsualPeers, starts: true, terminal.Error, cancel);
            }

            return (int)await handler(request, terminal, cancel);
        });
        return command;
    }
}
