using System.Buffers;
using System.Buffers.Text;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using GossipSim.Engine.Protocol;
using GossipSim.RealNet.Wire;

namespace GossipSim.RealNet.Security;

/// <summary>How one node secures its connections; what is dear is made once, whatever process runs there.</summary>
internal sealed class NodeSecurity
{
    private const string CertificateField = "certificate";

    private readonly NetworkSecurity network;
    private readonly SeedNodeSet seedNodes;
    private readonly NodeKeys own;
    private readonly byte[] introduction;

    public NodeSecurity(NetworkSecurity network, NodeAddress self, SeedNodeSet seedNodes)
    {
        (this.network, this.seedNodes) = (network, seedNodes);
        own = network.Keys.Of(self);
        var text = Base64Url.EncodeToString(own.Certificate.RawData);
        introduction = Encoding.ASCII.GetBytes($",\"{CertificateField}\":\"{text}\"}}\n");
        if (network.Mode != SecurityMode.MutualTls) return;
        var shown = SslStreamCertificateContext.Create(own.Certificate, null, offline: true);
        ServerOptions = new SslServerAuthenticationOptions
        {
            ServerCertificateContext = shown,
            ClientCertificateRequired = true,
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback = judgedLater,
        };
        ClientOptions = new SslClientAuthenticationOptions
        {
            ClientCertificateContext = shown,
            TargetHost = "",
            EnabledSslProtocols = SslProtocols.Tls13,
            AllowTlsResume = false,
            CertificateChainPolicy = NoChain(),
            RemoteCertificateValidationCallback = judgedLater,
        };
    }

    public SslServerAuthenticationOptions? ServerOptions { get; }

    public SslClientAuthenticationOptions? ClientOptions { get; }

    /// <summary>Whether this node accepts TLS at all.</summary>
    public bool HasTls => network.Mode == SecurityMode.MutualTls;

    /// <summary>
    /// Whether connections may be secured by codes too, so that their first byte tells which it is. Who says HELLO to a
    /// seed node that he dialed needs TLS; by codes it may only be asked whether it dialed.
    /// </summary>
    public bool AcceptsCodes => !HasTls || network.PeerLinks == PeerLinkSecurity.Mac;

    /// <summary>Whether that node is dialed by TLS.</summary>
    public bool UsesTls(NodeAddress dialed) =>
        HasTls && (network.PeerLinks == PeerLinkSecurity.Tls || seedNodes.Contains(dialed));

    public FrameGuard Guard(bool isDialer) => new(network.Keys.Shared, network.Keys.Trust.Cluster, isDialer);

    /// <summary>The HELLO of a connection with codes shows the certificate too.</summary>
    public byte[] Introduce(byte[] hello) => [.. hello.AsSpan(0, hello.Length - 2), .. introduction];

    /// <summary>Judges the certificate in a HELLO.</summary>
    public Refusal Judge(NodeAddress claimed, in ReadOnlySequence<byte> hello)
    {
        var reader = new Utf8JsonReader(hello);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1
                || !reader.ValueTextEquals(CertificateField))
                continue;
            reader.Read();
            return reader.TokenType == JsonTokenType.String ? Judge(claimed, reader.GetString()!)
                : Refusal.CertificateMalformed;
        }

        return Refusal.CertificateExpected;
    }

    /// <summary>Judges the certificate that the other end of a TLS connection has shown.</summary>
    /// <param name="named">For whom it was issued.</param>
    public Refusal Judge(X509Certificate? shown, out NodeAddress named)
    {
        named = NodeAddress.None;
        if (shown is not X509Certificate2 certificate) return Refusal.CertificateExpected;
        if (!NodeAddress.TryParse(CertificateNames.Read(certificate).Name, out named))
            return InWords(network.Keys.Trust.Meet(NodeAddress.None, certificate));
        return InWords(network.Keys.Trust.Meet(named, certificate));
    }

    private Refusal Judge(NodeAddress claimed, string text)
    {
        try
        {
            return InWords(network.Keys.Trust.Meet(claimed, Base64Url.DecodeFromChars(text)));
        }
        catch (FormatException)
        {
            return Refusal.CertificateMalformed;
        }
    }

    // The handshake proves that the other end has the private key of what it shows; whether that is to be believed is
    // judged when it is over, by the authority alone, and told to the other end with the reason, unlike alerts of TLS.
    private static readonly RemoteCertificateValidationCallback judgedLater = (_, shown, _, _) => shown is not null;

    /// <summary>
    /// .NET builds a chain before anybody may judge. This is the shortest: nothing is trusted, nothing is looked up.
    /// </summary>
    private static X509ChainPolicy NoChain() => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
    };

    private static Refusal InWords(CertificateVerdict verdict) => verdict switch
    {
        CertificateVerdict.Valid => Refusal.None,
        CertificateVerdict.Malformed => Refusal.CertificateMalformed,
        CertificateVerdict.ForeignAuthority => Refusal.ForeignAuthority,
        CertificateVerdict.Expired => Refusal.CertificateExpired,
        CertificateVerdict.NotYetValid => Refusal.CertificateNotYetValid,
        CertificateVerdict.WrongName => Refusal.CertificateOfAnother,
        _ => throw new ArgumentOutOfRangeException(nameof(verdict)),
    };
}
