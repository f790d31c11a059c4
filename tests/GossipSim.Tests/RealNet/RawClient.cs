using System.Net;
using System.Net.Sockets;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.Tests.RealNet;

/// <summary>Somebody who speaks to a node with bare hands, as with nc.</summary>
internal sealed class RawClient : IDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };
    private readonly StreamReader reader;

    public RawClient(NodeAddress address)
    {
        client.Connect(new IPEndPoint(IPAddress.Parse(address.HostText), address.Port));
        client.ReceiveTimeout = (int)Patience.Limit.TotalMilliseconds;
        reader = new StreamReader(client.GetStream(), Encoding.UTF8);
    }

    public Socket Socket => client.Client;

    public static string Hello(NodeAddress self, string cluster = "tests", ulong nodeId = 1) =>
        $$"""{"type":"HELLO","cluster":"{{cluster}}","address":"{{self}}","nodeId":"{{nodeId:x16}}","epoch":0}"""
            + "\n";

    public static string Leave(int epoch) => $$"""{"type":"LEAVE","epoch":{{epoch}}}""" + "\n";

    /// <summary>A message as nodes write it.</summary>
    public static string Line(Message message) => Encoding.UTF8.GetString(MessageCodec.Encode(message, hops: 1));

    public void Write(string text) => Write(Encoding.UTF8.GetBytes(text));

    public void Write(byte[] bytes) => client.GetStream().Write(bytes);

    /// <summary>The next line; null at the end of the stream.</summary>
    public string? ReadLine() => reader.ReadLine();

    /// <returns>"reset" when the other end cut it off; not when it says nothing for ever, which is thrown.</returns>
    public string ReadToEnd()
    {
        try
        {
            return reader.ReadToEnd();
        }
        catch (IOException cut) when (cut.InnerException is not SocketException
            { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
        {
            return "reset";
        }
    }

    public void Dispose()
    {
        reader.Dispose();
        client.Dispose();
    }
}
