using System.Net.Sockets;

namespace GossipSim.RealNet.Links;

/// <summary>
/// What a kernel's socket takes and gives without waiting. A task, and what the runtime keeps for it on every socket,
/// is needed only where there is something to wait for. The socket is one that does not block.
/// </summary>
internal static class AtOnce
{
    /// <returns>How many of the bytes it took; null when it has no room.</returns>
    /// <exception cref="SocketException">The connection has ended.</exception>
    public static int? SendAtOnce(this Socket socket, ReadOnlySpan<byte> bytes) =>
        Outcome(socket.Send(bytes, SocketFlags.None, out var error), error);

    /// <returns>How many bytes it had, 0 at the end of the stream; null when it has none yet.</returns>
    /// <exception cref="SocketException">The connection was reset.</exception>
    public static int? ReceiveAtOnce(this Socket socket, Span<byte> room) =>
        Outcome(socket.Receive(room, SocketFlags.None, out var error), error);

    private static int? Outcome(int bytes, SocketError error) => error switch
    {
        SocketError.Success => bytes,
        SocketError.WouldBlock => null,
        _ => throw new SocketException((int)error),
    };
}
