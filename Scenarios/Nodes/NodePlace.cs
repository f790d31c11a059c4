using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Nodes;

/// <summary>Where a stand-alone node is: its own address and its cluster's seed nodes, all found out.</summary>
/// <param name="Address">What others dial.</param>
/// <param name="ListenHost">Where it listens on this machine, when that is not its own address.</param>
internal sealed record NodePlace(NodeAddress Address, uint? ListenHost, NodeAddress[] SeedNodes)
{
    public NodeAddress[] KnownSeedNodes => Array.FindAll(SeedNodes, seed => !seed.IsUnresolved);

    /// <param name="seedNodes">The addresses of the file's seed nodes; some may be unresolved yet.</param>
    /// <exception cref="UsageException">The arguments do not lead to one place.</exception>
    /// <exception cref="EnvironmentException">The seed node's own name may have no address yet.</exception>
    public static NodePlace Of(
        HostedRole role, NodeArguments arguments, NetworkFile file, IReadOnlyList<NodeAddress> seedNodes)
    {
        NodeAddress[] known = [.. seedNodes.Where(seed => !seed.IsUnresolved)];
        ushort port = PortOf(role, arguments, file);
        uint? listen = arguments.Host is { } name ? HostNames.Resolve(name, "--host") : null;
        NodeAddress address = Advertised(arguments, port)
            ?? new NodeAddress(listen ?? UsualHost(role, port, known), port);
        if (address.Host == HostNames.Any)
            throw new UsageException("--host 0.0.0.0 is no address that others can dial; add --advertise HOST");
        RequireRole(role, address, file, seedNodes);
        var place = new NodePlace(address, listen == address.Host ? null : listen, [.. seedNodes]);
        if (known.Select(place.WhyUnreachable).FirstOrDefault(why => why is not null) is { } why)
            throw new UsageException($"{address} cannot be dialed by the seed nodes of {file.Name} {why}; say --host");
        return place;
    }

    /// <summary>
    /// Whether the addresses tell which of the seed nodes is this one; for a peer, or where the user says it, nothing
    /// has to be found out.
    /// </summary>
    public static bool IsToldBy(IReadOnlyList<NodeAddress> seedNodes, HostedRole role, NodeArguments arguments) =>
        role == HostedRole.Peer || arguments.Host is not null || arguments.Advertise is not null
        || seedNodes.Any(seed => !seed.IsUnresolved && seed.Port == arguments.Port && HostNames.IsLocal(seed.Host));

    /// <summary>Why a seed node there could not dial this node; null when it can.</summary>
    public string? WhyUnreachable(NodeAddress seedNode) =>
        HostNames.IsLoopback(Address.Host) && !HostNames.IsLoopback(seedNode.Host) ? "on other machines" : null;

    private static ushort PortOf(HostedRole role, NodeArguments arguments, NetworkFile file) => arguments.Port
        ?? throw new UsageException($"{WordOf(role)}: which port? Say it, as in {WordOf(role)} {file.Name} 6001");

    private static void RequireRole(
        HostedRole role, NodeAddress address, NetworkFile file, IReadOnlyList<NodeAddress> seedNodes)
    {
        bool isListed = seedNodes.Contains(address);
        if (role == HostedRole.Peer && isListed)
            throw new UsageException($"{address} is a seed node of {file.Name}; a peer needs an address of its own");
        if (role == HostedRole.Peer || isListed) return;
        var unknown = file.SeedNodes.Where((_, place) => seedNodes[place].IsUnresolved)
            .Where(written => written.Port == address.Port).ToList();
        if (unknown.Count > 0)
        {
            throw new EnvironmentException(
                $"{file.Name}: {address} is none of the seed nodes whose addresses are known, and no IPv4 address is"
                + $" known for {string.Join(", ", unknown.Select(written => $"{written} ({written.Place})"))}");
        }

        throw new UsageException(
            $"{address} is none of the seed nodes of {file.Name}: {string.Join(", ", seedNodes)}");
    }

    private static NodeAddress? Advertised(NodeArguments arguments, ushort port)
    {
        if (arguments.Advertise is not { } advertised) return null;
        const string Place = "--advertise";
        return advertised.Contains(':', StringComparison.Ordinal)
            ? HostNames.Resolve(NetworkFileReader.ReadAddress(advertised, Place))
            : new NodeAddress(HostNames.Resolve(advertised, Place), port);
    }

    /// <summary>
    /// A seed node is who the list says at that port on this machine; a peer speaks from where it reaches the seed
    /// nodes.
    /// </summary>
    private static uint UsualHost(HostedRole role, ushort port, NodeAddress[] seedNodes)
    {
        if (role == HostedRole.Peer)
        {
            return Array.TrueForAll(seedNodes, seed => HostNames.IsLoopback(seed.Host))
                ? HostNames.Loopback
                : HostNames.Towards(seedNodes[0]);
        }

        NodeAddress[] own = [.. seedNodes.Where(seed => seed.Port == port && HostNames.IsLocal(seed.Host))];
        return own switch
        {
            [var one] => one.Host,
            [] => seedNodes[0].Host,   // none of the list: told by the check, with the list
            _ => throw new UsageException($"{string.Join(" and ", own)} are both of this machine; say --host"),
        };
    }

    public static string WordOf(HostedRole role) => role == HostedRole.SeedNode ? "seed" : "peer";
}
