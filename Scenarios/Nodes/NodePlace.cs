using GossipSim.Engine.Protocol;
using GossipSim.RealNet;
using GossipSim.Scenarios.CommandLine;

namespace GossipSim.Scenarios.Nodes;

/// <summary>Where a stand-alone node is: its own address and its cluster's seed nodes, all found out.</summary>
/// <param name="Address">What others dial.</param>
/// <param name="ListenHost">Where it listens on this machine, when that is not its own address.</param>
internal sealed record NodePlace(NodeAddress Address, uint? ListenHost, NodeAddress[] SeedNodes)
{
    /// <exception cref="UsageException">The arguments do not lead to one place.</exception>
    public static NodePlace Of(HostedRole role, NodeArguments arguments, NetworkFile file)
    {
        NodeAddress[] seedNodes = HostNames.ResolveAll(file);
        ushort port = arguments.Port
            ?? throw new UsageException($"{WordOf(role)}: which port? Say it, as in {WordOf(role)} {file.Name} 6001");
        uint? listen = arguments.Host is { } name ? HostNames.Resolve(name, "--host") : null;
        NodeAddress address = Advertised(arguments, port)
            ?? new NodeAddress(listen ?? UsualHost(role, port, seedNodes), port);
        if (address.Host == HostNames.Any)
            throw new UsageException("--host 0.0.0.0 is no address that others can dial; add --advertise HOST");
        Check(role, address, file, seedNodes);
        return new NodePlace(address, listen == address.Host ? null : listen, seedNodes);
    }

    private static void Check(HostedRole role, NodeAddress address, NetworkFile file, NodeAddress[] seedNodes)
    {
        bool isListed = seedNodes.Contains(address);
        if (role == HostedRole.SeedNode && !isListed)
        {
            throw new UsageException(
                $"{address} is none of the seed nodes of {file.Name}: {string.Join(", ", seedNodes)}");
        }

        if (role == HostedRole.Peer && isListed)
            throw new UsageException($"{address} is a seed node of {file.Name}; a peer needs an address of its own");
        if (HostNames.IsLoopback(address.Host) && !seedNodes.All(seed => HostNames.IsLoopback(seed.Host)))
        {
            throw new UsageException(
                $"{address} cannot be dialed by the seed nodes of {file.Name} on other machines; say --host");
        }
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
