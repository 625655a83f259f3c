package barograph.rollout;

import barograph.change.ChangeId;
import barograph.login.Pseudonym;
import barograph.record.Digest;
import barograph.record.Draft;
import barograph.record.Entry;
import barograph.site.PartyId;
import barograph.site.PersonId;
import barograph.site.ProbeId;
import barograph.site.ServerId;
import barograph.site.Stage;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.NamedType;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/// Events as the record keeps them.
///
/// An event's kind is its type's name and a version, `Applied/1`. Inside, an alternative of a sealed family carries its
/// name in `is`; ids, stages and digests are plain text; spans and moments are ISO 8601.
public final class EventJson {
    /// The version of every kind written today.
    private static final String VERSION = "/1";

    private static final Map<String, Class<? extends Event>> KINDS = Arrays.stream(Event.class.getPermittedSubclasses())
            .map(type -> type.<Event>asSubclass(Event.class))
            .collect(Collectors.toUnmodifiableMap(type -> type.getSimpleName() + VERSION, Function.identity()));

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .annotationIntrospector(new SealedFamilies())
            .addModule(ids())
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private EventJson() {}

    /// What the recorder is to write for an event.
    public static Draft draft(ChangeId change, Instant at, Event event, List<Draft.Attachment> attachments) {
        return draft(change.value(), at, event, attachments);
    }

    /// @param subject the change that it is about; empty for one that is about no change in particular
    public static Draft draft(String subject, Instant at, Event event, List<Draft.Attachment> attachments) {
        ObjectNode body = MAPPER.valueToTree(event);
        return new Draft(at, subject, event.getClass().getSimpleName() + VERSION, body, attachments);
    }

    /// The event that an entry holds.
    ///
    /// @throws IllegalStateException when this version of Barograph does not know its kind or cannot read its body:
    ///     the record was written by a newer one, and nothing may be decided on half a history
    public static Happening read(Entry entry) {
        Class<? extends Event> type = KINDS.get(entry.kind());
        if (type == null) {
            throw new IllegalStateException(
                    "Entry " + entry.index() + " of the record is a '" + entry.kind()
                            + "', which this version of Barograph does not know. Use the version that wrote it, or a newer one.");
        }
        return new Happening(entry.index(), entry.at(), MAPPER.treeToValue(entry.body(), type));
    }

    /// Any noun of the house as JSON, in the same form as in the record.
    public static ObjectNode tree(Object noun) {
        return MAPPER.valueToTree(noun);
    }

    private static JacksonModule ids() {
        SimpleModule module = new SimpleModule("barograph");
        plain(module, ServerId.class, ServerId::new);
        plain(module, PartyId.class, PartyId::new);
        plain(module, ProbeId.class, ProbeId::new);
        plain(module, PersonId.class, PersonId::of);
        plain(module, ChangeId.class, ChangeId::new);
        plain(module, Stage.class, Stage::new);
        plain(module, Digest.class, Digest::parse);
        plain(module, Pseudonym.class, EventJson::pseudonym);
        return module;
    }

    private static Pseudonym pseudonym(String text) {
        return text.equals(Pseudonym.UNKNOWN.toString())
                ? Pseudonym.UNKNOWN
                : new Pseudonym(Long.parseUnsignedLong(text.substring(2), 16));
    }

    /// Makes a type plain text: written by `toString`, read by `read`.
    private static <T> void plain(SimpleModule module, Class<T> type, Function<String, T> read) {
        module.addSerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                out.writeString(value.toString());
            }
        });
        module.addKeySerializer(type, new ValueSerializer<T>() {
            @Override
            public void serialize(T value, JsonGenerator out, SerializationContext context) {
                out.writeName(value.toString());
            }
        });
        module.addDeserializer(type, new ValueDeserializer<T>() {
            @Override
            public T deserialize(JsonParser in, DeserializationContext context) {
                return read.apply(in.getString());
            }
        });
        module.addKeyDeserializer(type, new KeyDeserializer() {
            @Override
            public Object deserializeKey(String key, DeserializationContext context) {
                return read.apply(key);
            }
        });
    }

    /// Lets Jackson tell the alternatives of our sealed families apart, without a word of JSON in the nouns.
    private static final class SealedFamilies extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonTypeInfo.Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            Class<?> type = annotated.getRawType();
            boolean ours = annotated instanceof tools.jackson.databind.introspect.AnnotatedClass && family(type);
            return ours
                    ? JsonTypeInfo.Value.construct(
                            JsonTypeInfo.Id.NAME, JsonTypeInfo.As.PROPERTY, "is", null, false, true, true)
                    : super.findPolymorphicTypeInfo(config, annotated);
        }

        @Override
        public List<NamedType> findSubtypes(MapperConfig<?> config, Annotated annotated) {
            Class<?> type = annotated.getRawType();
            return family(type)
                    ? Arrays.stream(type.getPermittedSubclasses())
                            .map(each -> new NamedType(each, each.getSimpleName()))
                            .toList()
                    : super.findSubtypes(config, annotated);
        }

        private static boolean family(Class<?> type) {
            return type.isSealed()
                    && type.isInterface()
                    && type != Event.class
                    && type.getName().startsWith("barograph.");
        }
    }
}
