using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using GossipSim.Engine.Protocol;

namespace GossipSim.Scenarios.Stages;

/// <summary>
/// One TCP connection, and the lines of JSON that come over it. Nothing of the nodes' own transport is used here, so
/// that no mistake is made on both sides.
/// </summary>
internal sealed class JsonLineConnection(Socket socket) : IDisposable
{
    /// <summary>The longest line of the format.</summary>
    private const int LongestLine = 64 * 1024;

    private readonly SemaphoreSlim writing = new(1, 1);
    private readonly byte[] buffer = new byte[LongestLine];
    private int used;
    private int taken;

    public int LocalPort { get; } = ((IPEndPoint)socket.LocalEndPoint!).Port;

    /// <exception cref="SocketException">Nobody listens there, or not in time.</exception>
    public static async Task<JsonLineConnection> DialAsync(NodeAddress to, TimeSpan limit)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = new CancellationTokenSource(limit);
        try
        {
            await socket.ConnectAsync(IPAddress.Parse(to.HostText), to.Port, patience.Token);
            return new JsonLineConnection(socket);
        }
        catch (OperationCanceledException)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="piece">Bytes to a write, and so to a segment.</param>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes, int piece = LongestLine)
    {
        await writing.WaitAsync();
        try
        {
            while (bytes.Length > 0)
            {
                var sent = await socket.SendAsync(bytes[..Math.Min(piece, bytes.Length)], SocketFlags.None);
                bytes = bytes[sent..];
            }
        }
        catch (ObjectDisposedException)
        {
            throw new SocketException((int)SocketError.NotConnected);
        }
        finally
        {
            writing.Release();
        }
    }

    /// <summary>The next line; null at the end of the stream.</summary>
    /// <exception cref="InvalidDataException">What came is no line with a JSON object.</exception>
    public async Task<JsonObject?> ReadAsync(CancellationToken cancel = default)
    {
        while (true)
        {
            if (buffer.AsSpan(taken, used - taken).IndexOf((byte)'\n') is >= 0 and var length)
            {
                var line = buffer.AsMemory(taken, length);
                taken += length + 1;
                return Parse(line.Span);
            }

            buffer.AsSpan(taken, used - taken).CopyTo(buffer);
            (used, taken) = (used - taken, 0);
            if (used == buffer.Length) throw new InvalidDataException("a line of more than 64 KiB");
            var read = await socket.ReceiveAsync(buffer.AsMemory(used), SocketFlags.None, cancel);
            if (read == 0) return null;
            used += read;
        }
    }

    public void Dispose() => socket.Dispose();

    private static JsonObject Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            if (JsonNode.Parse(line) is JsonObject found && found["type"] is JsonValue) return found;
        }
        catch (JsonException)
        {
            // Said below, as for what is JSON and no object.
        }

        throw new InvalidDataException($"no JSON object with a type: {System.Text.Encoding.UTF8.GetString(line)}");
    }
}
