using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Security;

namespace GossipSim.Tests.RealNet.Security;

/// <summary>Somebody who speaks TLS to a node with bare hands, and shows whatever certificate he likes.</summary>
internal sealed class TlsStranger : IDisposable
{
    private readonly TcpClient client = new() { NoDelay = true };
    private readonly SslStream stream;
    private StreamReader? reader;

    public TlsStranger(NodeAddress node)
    {
        client.Connect(new IPEndPoint(IPAddress.Parse(node.HostText), node.Port));
        client.ReceiveTimeout = (int)Patience.Limit.TotalMilliseconds;
        stream = new SslStream(client.GetStream());
    }

    public NetworkStream Wire => client.GetStream();

    public void Shake(NodeKeys? shown, SslProtocols protocols = SslProtocols.Tls13) =>
        stream.AuthenticateAsClient(new SslClientAuthenticationOptions
        {
            ClientCertificateContext = shown is null
                ? null : SslStreamCertificateContext.Create(shown.Certificate, null, offline: true),
            TargetHost = "",
            EnabledSslProtocols = protocols,
            RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate is not null,
        });

    public void Write(string text)
    {
        stream.Write(Encoding.UTF8.GetBytes(text));
        stream.Flush();
    }

    /// <summary>The next line; null at the end, also when it comes as a reset.</summary>
    public string? ReadLine()
    {
        try
        {
            reader ??= new StreamReader(stream, Encoding.UTF8);   // not readable before the handshake
            return reader.ReadLine();
        }
        catch (IOException cut) when (cut.InnerException is not SocketException
            { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
        {
            return null;
        }
    }

    public void Dispose()
    {
        stream.Dispose();
        client.Dispose();
    }
}
