using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.Files;
using GossipSim.Scenarios.LocalNetworks;
using GossipSim.Scenarios.Nodes;

namespace GossipSim.Scenarios.CommandLine;

/// <summary>What <c>up</c> and <c>manage</c> have in common: where nodes are, and how they behave.</summary>
internal sealed class LocalNetworkOptions
{
    private const int UsualPeerPorts = 1000;

    private readonly Option<int> seedPort = new("--seed-port")
    {
        Description = "The port of the first seed node; the others follow.",
        HelpName = "N",
        DefaultValueFactory = _ => 6000,
    };

    private readonly Option<int> peerPort = new("--peer-port")
    {
        Description = "The port of the first peer; the others follow.",
        HelpName = "N",
        DefaultValueFactory = _ => 7000,
    };

    private readonly Option<string> host = new("--host")
    {
        Description = "The address of this machine at which all nodes are.",
        HelpName = "host",
        DefaultValueFactory = _ => "127.0.0.1",
    };

    private readonly Option<string> output = new("--output")
    {
        Description = "The folder in which the network's folder of results is made.",
        HelpName = "DIR",
        DefaultValueFactory = _ => "results",
    };

    private readonly DashboardOptions dashboard = new();

    private readonly NodeSettingOptions settings = new();

    public LocalNetworkOptions AddTo(Command command)
    {
        command.Add(seedPort);
        command.Add(peerPort);
        command.Add(host);
        command.Add(output);
        dashboard.AddTo(command);
        settings.AddTo(command);
        return this;
    }

    /// <summary>A network of new seed nodes, one port after the other.</summary>
    /// <param name="first">Settings that the command itself makes; what the user sets goes over them.</param>
    public LocalNetworkRequest Start(
        ParseResult parsed, ScenarioLibrary library, int seeds, int peers, string? config,
        params IEnumerable<Setting> first)
    {
        uint own = HostNames.Resolve(parsed.GetValue(host)!, host.Name);
        int firstPort = Port(parsed, seedPort, seeds);
        NodeAddress[] seedNodes =
            [.. Enumerable.Range(firstPort, seeds).Select(port => new NodeAddress(own, (ushort)port))];
        var request = Request(parsed, library, seedNodes, seedNodes, peers, ports: null, first);
        return request with
        {
            ConfigToWrite = config,
            SeedList = config is null ? null : Path.GetRelativePath(library.FromCurrentDirectory(""), config),
        };
    }

    /// <summary>A network whose seed nodes a file names.</summary>
    /// <param name="starts">Whether those of this machine start here.</param>
    public async Task<LocalNetworkRequest> JoinAsync(
        ParseResult parsed, ScenarioLibrary library, NetworkFile file, int peers, bool starts, TextWriter warnings,
        CancellationToken cancel)
    {
        var names = new SeedNodeNames(file, new NameLookUp());
        // A stricter rule of the scenario needs more of them at the time of a vote, not to start.
        int majority = Quorum.Size(file.SeedNodes.Count, QuorumRule.FloorHalfPlusOne);
        await names.FindAsync(majority, _ => true, warnings, cancel);
        NodeAddress[] seedNodes = [.. names.Addresses];
        NodeAddress[] own = starts
            ? [.. seedNodes.Where(seed => !seed.IsUnresolved && HostNames.IsLocal(seed.Host))]
            : [];
        return Request(parsed, library, seedNodes, own, peers, file.PeerPorts, []) with
        {
            Names = names,
            SeedList = file.Name,
        };
    }

    private LocalNetworkRequest Request(
        ParseResult parsed, ScenarioLibrary library, NodeAddress[] seedNodes, NodeAddress[] own, int peers,
        (ushort First, ushort Last)? ports, IEnumerable<Setting> settingsFirst)
    {
        uint peerHost = HostNames.Resolve(parsed.GetValue(host)!, host.Name);
        int first = ports is { First: var start } && parsed.GetResult(peerPort) is null or { Implicit: true }
            ? start
            : Port(parsed, peerPort, Math.Max(1, peers));
        int last = ports is { Last: var end } && end >= first
            ? end
            : Math.Min(first + UsualPeerPorts - 1, NodePlaces.LargestPort);
        if (peers > last - first + 1)
            throw new UsageException($"{peers} peers do not fit into the ports {first} to {last}");
        if (seedNodes.FirstOrDefault(seed => seed.Host == peerHost && seed.Port >= first && seed.Port <= last)
            is { IsNone: false } meeting)
            throw new UsageException($"the ports of peers, {first} to {last}, meet the seed node {meeting}");
        long randomSeed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)))
            & (long)Scenario.LargestRandomSeed;
        var loaded = settings.Load(
            parsed, library, [.. Defaults(seedNodes, peerHost, first, peers, randomSeed), .. settingsFirst]);
        return new LocalNetworkRequest
        {
            Scenario = loaded.Scenario,
            SeedNodes = seedNodes,
            OwnSeedNodes = own,
            PeerHost = peerHost,
            FirstPeerPort = (ushort)first,
            LastPeerPort = (ushort)last,
            Peers = peers,
            ResultsDirectory = library.FromCurrentDirectory(parsed.GetValue(output)!),
            Directory = library.FromCurrentDirectory(""),
            IsManaged = parsed.CommandResult.Command.Name == ManageCommand.Name,
            Page = dashboard.Read(parsed),
            NodeOptions = [.. NodeSettingOptions.Typed(parsed, settings.All)],
            OwnOptions =
            [
                .. NodeSettingOptions.Typed(parsed, [seedPort, peerPort, host, output]), .. dashboard.Typed(parsed),
                .. NodeSettingOptions.Typed(parsed, settings.All),
            ],
            Arguments = [.. parsed.Tokens.Select(token => token.Value)],
        };
    }

    /// <summary>Who runs where; and, as in the documents, each in a process of its own where that can be.</summary>
    private static Setting[] Defaults(NodeAddress[] seedNodes, uint peerHost, int firstPeer, int peers, long randomSeed)
    {
        string hosting = ProcessNetwork.IsSupported ? "processPerNode" : "inProcess";
        (string Path, string Value)[] values =
        [
            ("runtime", "tcp"), ("randomSeed", Text(randomSeed)), ("peers.hosting", hosting),
            ("seedNodes.count", Text(seedNodes.Length)),
            ("seedNodes.host", seedNodes.First(seed => !seed.IsUnresolved).HostText),
            ("seedNodes.basePort", Text(seedNodes.Min(seed => seed.Port))),
            ("peers.count", Text(Math.Max(1, peers))), ("peers.basePort", Text(firstPeer)),
            ("peers.host", new NodeAddress(peerHost, 1).HostText),
        ];
        return [.. values.Select(each => Setting.Of("local network", each.Path, each.Value))];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Port(ParseResult parsed, Option<int> option, int count)
    {
        int first = parsed.GetValue(option);
        // The others follow it.
        int last = NodePlaces.LargestPort - count + 1;
        return first >= 1 && first <= last
            ? first
            : throw new UsageException($"{option.Name}: found {first}, allowed are ports from 1 to {last}");
    }
}
