using System.Net.Sockets;
using GossipSim.RealNet;

namespace GossipSim.Scenarios.Nodes;

/// <summary>Why a node cannot listen at its address, for people.</summary>
internal static class TakenPort
{
    /// <param name="otherwise">What else than ending the other program helps.</param>
    public static string InWords(PortInUseException taken, string otherwise)
    {
        var (port, host) = (taken.Address.Port, taken.Address.HostText);
        return (taken.InnerException as SocketException)?.SocketErrorCode switch
        {
            SocketError.AddressNotAvailable => $"{host} is no address of this machine",
            SocketError.AccessDenied => $"port {port} on {host} needs more rights than this program has",
            _ => $"port {port} on {host} is in use by another program; end it, or {otherwise}",
        };
    }
}
