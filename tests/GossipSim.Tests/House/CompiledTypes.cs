using System.Collections.Immutable;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace GossipSim.Tests.House;

/// <summary>Which types the compiled code of an assembly refers to, in signatures as in instructions.</summary>
internal sealed class CompiledTypes : IDisposable
{
    private static readonly Dictionary<int, OpCode> opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly PEReader image;
    private readonly MetadataReader metadata;
    private readonly NameCollector names;

    public CompiledTypes(string path)
    {
        image = new PEReader(File.OpenRead(path));
        metadata = image.GetMetadataReader();
        names = new NameCollector(metadata);
    }

    /// <summary>Full names of the types that a namespace refers to; a nested type counts as the outer one.</summary>
    public IReadOnlySet<string> ReferredBy(string @namespace)
    {
        names.Found.Clear();
        foreach (var handle in metadata.TypeDefinitions)
            if (NamespaceOf(handle) == @namespace) Collect(metadata.GetTypeDefinition(handle));
        return new HashSet<string>(names.Found);
    }

    public string[] Namespaces() =>
        [.. metadata.TypeDefinitions.Select(NamespaceOf).Where(name => name.Length > 0).Distinct()
            .Order(StringComparer.Ordinal)];

    public IEnumerable<string> Assemblies() => metadata.AssemblyReferences
        .Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name));

    public void Dispose() => image.Dispose();

    private string NamespaceOf(TypeDefinitionHandle handle)
    {
        var type = metadata.GetTypeDefinition(handle);
        while (type.IsNested) type = metadata.GetTypeDefinition(type.GetDeclaringType());
        return metadata.GetString(type.Namespace);
    }

    private void Collect(in TypeDefinition type)
    {
        names.Add(type.BaseType);
        foreach (var handle in type.GetInterfaceImplementations())
            names.Add(metadata.GetInterfaceImplementation(handle).Interface);
        foreach (var handle in type.GetFields()) metadata.GetFieldDefinition(handle).DecodeSignature(names, null);
        foreach (var handle in type.GetMethods())
        {
            var method = metadata.GetMethodDefinition(handle);
            method.DecodeSignature(names, null);
            if (method.RelativeVirtualAddress != 0) Collect(image.GetMethodBody(method.RelativeVirtualAddress));
        }
    }

    private void Collect(MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil)
            metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(names, null);
        foreach (var region in body.ExceptionRegions)
            if (!region.CatchType.IsNil) names.Add(region.CatchType);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            int value = code.ReadByte();
            if (value == 0xFE) value = (value << 8) | code.ReadByte();
            Operand(ref code, opCodes[value].OperandType);
        }
    }

    private void Operand(ref BlobReader code, OperandType operand)
    {
        switch (operand)
        {
            case OperandType.InlineNone: break;
            case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                code.Offset += 1;
                break;
            case OperandType.InlineVar: code.Offset += 2; break;
            case OperandType.InlineI8 or OperandType.InlineR: code.Offset += 8; break;
            case OperandType.InlineSwitch:
                var targets = code.ReadInt32();
                code.Offset += 4 * targets;
                break;
            case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                names.Add(MetadataTokens.EntityHandle(code.ReadInt32()));
                break;
            default: code.Offset += 4; break;
        }
    }

    /// <summary>Notes every type named in what it decodes.</summary>
    private sealed class NameCollector(MetadataReader metadata) : ISignatureTypeProvider<string, object?>
    {
        public HashSet<string> Found { get; } = [];

        public void Add(EntityHandle handle)
        {
            if (handle.IsNil) return;
            switch (handle.Kind)
            {
                case HandleKind.TypeReference: GetTypeFromReference(metadata, (TypeReferenceHandle)handle, 0); break;
                case HandleKind.TypeDefinition: GetTypeFromDefinition(metadata, (TypeDefinitionHandle)handle, 0); break;
                case HandleKind.TypeSpecification:
                    metadata.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null);
                    break;
                case HandleKind.MethodDefinition:
                    Add(metadata.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.FieldDefinition:
                    Add(metadata.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType());
                    break;
                case HandleKind.MemberReference:
                    AddMember(metadata.GetMemberReference((MemberReferenceHandle)handle));
                    break;
                case HandleKind.MethodSpecification:
                    var method = metadata.GetMethodSpecification((MethodSpecificationHandle)handle);
                    Add(method.Method);
                    method.DecodeSignature(this, null);
                    break;
            }
        }

        private void AddMember(in MemberReference member)
        {
            Add(member.Parent);
            if (member.GetKind() == MemberReferenceKind.Field) member.DecodeFieldSignature(this, null);
            else member.DecodeMethodSignature(this, null);
        }

        public string GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeReference(handle);
            if (type.ResolutionScope.Kind == HandleKind.TypeReference)
                return GetTypeFromReference(reader, (TypeReferenceHandle)type.ResolutionScope, rawTypeKind);
            return Note(reader.GetString(type.Namespace), reader.GetString(type.Name));
        }

        public string GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
        {
            var type = reader.GetTypeDefinition(handle);
            while (type.IsNested) type = reader.GetTypeDefinition(type.GetDeclaringType());
            return Note(reader.GetString(type.Namespace), reader.GetString(type.Name));
        }

        private string Note(string @namespace, string name)
        {
            var full = @namespace.Length == 0 ? name : $"{@namespace}.{name}";
            Found.Add(full);
            return full;
        }

        public string GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public string GetArrayType(string elementType, ArrayShape shape) => elementType;

        public string GetByReferenceType(string elementType) => elementType;

        public string GetFunctionPointerType(MethodSignature<string> signature) => signature.ReturnType;

        public string GetGenericInstantiation(string genericType, ImmutableArray<string> typeArguments) => genericType;

        public string GetGenericMethodParameter(object? genericContext, int index) => "";

        public string GetGenericTypeParameter(object? genericContext, int index) => "";

        public string GetModifiedType(string modifier, string unmodifiedType, bool isRequired) => unmodifiedType;

        public string GetPinnedType(string elementType) => elementType;

        public string GetPointerType(string elementType) => elementType;

        public string GetPrimitiveType(PrimitiveTypeCode typeCode) => "";

        public string GetSZArrayType(string elementType) => elementType;
    }
}
